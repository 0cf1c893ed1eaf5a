-- A person calls himself as he likes and chooses the language in which he is addressed; login, e-mail address and roles are the administrator's.
-- It is the sign-in that changes it, for a browser that is signed in: a token is no way to change whose it is.

-- set_profile changes the name and the language of an account. It says whether there was one to be changed.
create function auth.set_profile(account_id bigint, name text, locale text) returns boolean
language plpgsql security definer set search_path = auth, base, fn, pg_temp as $$
begin
  if not exists (select from base.account a where a.id = set_profile.account_id and not a.is_disabled) then
    return false;
  end if;
  update base.account a set name = set_profile.name, locale = set_profile.locale, version = a.version + 1, updated_at = now()
    where a.id = set_profile.account_id and row(a.name, a.locale) is distinct from row(set_profile.name, set_profile.locale);
  return true;
end
$$;
revoke execute on function auth.set_profile(bigint, text, text) from public;
grant execute on function auth.set_profile(bigint, text, text) to taawun_gate;
