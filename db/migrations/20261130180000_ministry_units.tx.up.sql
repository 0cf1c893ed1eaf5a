-- What is wrong with a unit of the ministry as a whole. Rights reach from a unit down to those below it: of units that stand in a circle each would
-- be below every other.
create function base.ministry_unit_problems(id bigint, complete boolean) returns setof base.problem
language plpgsql stable as $$
declare
  u base.ministry_unit;
begin
  select * into u from base.ministry_unit t where t.id = ministry_unit_problems.id;
  return query select * from base.cycle_problem('{parentId}', exists(
    with recursive above as (
      select t.parent_id from base.ministry_unit t where t.id = u.parent_id
      union select t.parent_id from base.ministry_unit t join above a on t.id = a.parent_id)
    select from above where above.parent_id = u.id) or u.parent_id = u.id);
end
$$;
revoke execute on function base.ministry_unit_problems(bigint, boolean) from public;
