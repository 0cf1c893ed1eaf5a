-- What the access rules and the past had left open.

-- ---------------------------------------------------------------- Records of no unit

-- edits says whether the actor edits records of a kind that belong to a unit of the ministry. Records of a kind that belongs to none, such as
-- administrative units and the pages of the portal, speak for the whole ministry: they take an administrator, or a role for the whole ministry,
-- which the unit 0, below no other, asks for.
create or replace function base.edits(kind text, owner_id bigint) returns boolean
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
begin
  if not base.has_column((select k.table_name from record_kind k where k.kind = edits.kind), 'owner_id') then
    return (fn.acts_as('ADMINISTRATOR') or fn.acts_as('EDITOR', 0) or fn.acts_as('APPROVER', 0)) and not fn.acts_read_only();
  end if;
  return (fn.acts_as('EDITOR', owner_id) or fn.acts_as('APPROVER', owner_id)) and not fn.acts_read_only();
end
$$;

-- approves says whether the actor decides about records of a kind that belong to a unit of the ministry; of those that belong to none as edits.
create or replace function base.approves(kind text, owner_id bigint) returns boolean
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
begin
  if not base.has_column((select k.table_name from record_kind k where k.kind = approves.kind), 'owner_id') then
    return (fn.acts_as('ADMINISTRATOR') or fn.acts_as('APPROVER', 0)) and not fn.acts_read_only();
  end if;
  return fn.acts_as('APPROVER', owner_id) and not fn.acts_read_only();
end
$$;

-- ---------------------------------------------------------------- What an actor may do

-- may says whether the actor may do something with a record now. A certifier reviews too, as base.guard_translation lets him.
create or replace function fn.may(action text, kind text, id bigint) returns boolean
language plpgsql stable as $$
declare
  s record;
begin
  if action = 'ADMINISTER' then
    return fn.acts_as('ADMINISTRATOR') and not fn.acts_read_only();
  elsif not staff.sees(kind, id) then
    return false;
  end if;
  case action
    when 'SEE' then return true;
    when 'EDIT' then return base.may_edit(kind, id);
    when 'TRANSLATE' then return base.may_edit(kind, id) or base.acts_as_any('{TRANSLATOR}');
    when 'REVIEW' then return base.acts_as_any('{REVIEWER,CERTIFIER}');
    when 'CERTIFY' then return base.acts_as_any('{CERTIFIER}');
    when 'SUBMIT', 'WITHDRAW', 'RETURN', 'PUBLISH', 'ARCHIVE', 'RESTORE' then
      s := base.standing(kind, id);
      return coalesce(case action
        when 'SUBMIT' then s.state in ('DRAFT', 'RETURNED') and base.edits(kind, s.owner_id)
        when 'WITHDRAW' then s.state = 'SUBMITTED' and base.edits(kind, s.owner_id)
        when 'RETURN' then s.state = 'SUBMITTED' and base.approves(kind, s.owner_id)
        when 'PUBLISH' then s.state in ('DRAFT', 'SUBMITTED', 'PUBLISHED') and base.approves(kind, s.owner_id) -- a published one with its changes
        when 'ARCHIVE' then s.state <> 'ARCHIVED' and base.approves(kind, s.owner_id)
        when 'RESTORE' then s.state = 'ARCHIVED' and base.approves(kind, s.owner_id) end, false);
    else
      raise exception 'there is no action %', action using errcode = 'invalid_parameter_value';
  end case;
end
$$;

-- refuse_read_only refuses all that a token changes which may only read. Whatever is changed begins a revision, in whichever table and with
-- whatever rights it is done, so that no table has to ask for itself.
create function base.refuse_read_only() returns trigger
language plpgsql as $$
begin
  if fn.acts_read_only() then
    raise exception 'this token may only read; it cannot change anything' using errcode = 'insufficient_privilege', constraint = 'read_only',
      detail = 'هذا الرمز مخصص للقراءة فقط ولا يسمح بإجراء أي تغيير';
  end if;
  return new;
end
$$;
create trigger read_only before insert on base.revision for each row execute function base.refuse_read_only();

-- ---------------------------------------------------------------- History as of a moment

-- History is only added to, and each row says when: as of a moment it is what had been added by then. Like the versions of the records it goes by
-- the beginning of a transaction, so that a record as it stood and its history agree.
create view past.revision as select * from base.revision where at <= (select fn.moment());
create view past.revision_entry as select * from base.revision_entry where at <= (select fn.moment());
create view past.field_change as select * from base.field_change where at <= (select fn.moment());
create view past.change_event as select * from base.change_event where at <= (select fn.moment());
call base.refresh_past();
