-- The lists Taawun-… name the values of the contract's enumerations. Which values there are the contract says; people change what they are called.

-- guard_enumeration keeps the codes of such a list as the program knows them.
create function base.guard_enumeration() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' and row(new.list_id, new.code, new.status) is not distinct from row(old.list_id, old.code, old.status) then
    return new;
  end if;
  if exists (select from staff.code_list l where l.id = new.list_id and l.name like 'Taawun-%') then
    raise exception 'the codes of this list belong to the system; only their names can be changed' using errcode = 'check_violation', constraint = 'code_list_item_enumeration',
      detail = 'رموز هذه القائمة جزء من النظام، ولا يتغير منها إلا الأسماء';
  end if;
  return new;
end
$$;
create trigger guard_enumeration before insert or update on base.code_list_item for each row when (current_user = 'taawun_staff') execute function base.guard_enumeration();
