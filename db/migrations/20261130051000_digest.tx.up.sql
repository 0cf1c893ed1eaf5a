-- The daily digest: who wants it, and what went out.

alter table base.account add column wants_digest boolean not null default false;
comment on column base.account.wants_digest is 'The person is told by e-mail each day what is due.';
call base.keep_history('Account', 'account');
call base.expose_views('Account');
call base.refresh_past();

drop function fn.me();
create function fn.me() returns table (id bigint, login text, name text, email text, locale text, disabled_at timestamptz, is_disabled boolean,
  version integer, created_at timestamptz, updated_at timestamptz, last_seen_at timestamptz, wants_digest boolean)
language plpgsql stable as $$
begin
  return query select a.id, a.login, a.name, a.email, a.locale, a.disabled_at, a.is_disabled, a.version, a.created_at, a.updated_at, a.last_seen_at, a.wants_digest
    from account a where a.id = (select fn.actor());
end
$$;

-- set_digest says whether the actor wants the digest.
create function base.set_digest(wanted boolean) returns bigint
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  who bigint := fn.actor();
begin
  if who is null then
    raise exception 'sign in first' using errcode = 'insufficient_privilege', constraint = 'digest_right', detail = 'سجّل الدخول أولاً';
  elsif set_digest.wanted and (select a.email is null from account a where a.id = who) then
    raise exception 'the account has no e-mail address; an administrator enters it' using errcode = 'check_violation', constraint = 'digest_email',
      detail = 'لا يوجد بريد إلكتروني لهذا الحساب؛ يضيفه مدير النظام';
  end if;
  update account a set wants_digest = set_digest.wanted, version = a.version + 1, updated_at = now() where a.id = who and a.wants_digest <> set_digest.wanted;
  return who;
end
$$;
revoke execute on function base.set_digest(boolean) from public;
grant execute on function base.set_digest(boolean) to taawun_staff;

-- digest_delivery is the digest of one person on one day: claimed by one server at a time, made once.
create table auth.digest_delivery (
  account_id bigint not null references base.account on delete cascade,
  day date not null,
  attempts integer not null default 1,
  next_at timestamptz not null,
  done_at timestamptz,
  items integer,
  error text,
  stop_hash bytea,
  primary key (account_id, day)
);
create index on auth.digest_delivery (stop_hash);
comment on table auth.digest_delivery is 'The digest of one person on one day. Until next_at one server is at work on it, or it waits for the next attempt.';
comment on column auth.digest_delivery.items is 'How many things it told of; nothing was sent if none.';
comment on column auth.digest_delivery.stop_hash is 'The SHA-256 of what stands in its link to end the digests.';
grant select, insert, update, delete on auth.digest_delivery to taawun_gate;

-- Who is to get it.
create view auth.digest_reader as
  select a.id, a.name, a.email, a.locale from base.account a where a.wants_digest and a.email is not null and a.disabled_at is null;
grant select on auth.digest_reader to taawun_gate;

-- stop_digest ends the digests of who has the link of one of them.
create function auth.stop_digest(stop_hash bytea) returns boolean
language plpgsql security definer set search_path = auth, base, fn, pg_temp as $$
declare
  who bigint := (select d.account_id from auth.digest_delivery d where d.stop_hash = stop_digest.stop_hash limit 1);
begin
  update base.account a set wants_digest = false, version = a.version + 1, updated_at = now() where a.id = who and a.wants_digest;
  return who is not null;
end
$$;
revoke execute on function auth.stop_digest(bytea) from public;
grant execute on function auth.stop_digest(bytea) to taawun_gate;
