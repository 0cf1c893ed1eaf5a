-- The schemas, the roles, the functions that every table leans on, and base.expose, by which a table is shown to its readers.
--
--   base   tables; only the owner has rights here
--   pub    views of the same names over published rows, read by the role taawun_public
--   staff  views of the same names over all rows, read by the role taawun_staff
--   fn     functions and extensions, used by all
--
-- Queries never qualify a table: the reader's search_path decides which schema answers. A reader without a view gets
-- "permission denied" or "does not exist", never a row too many.

create schema base;
create schema pub;
create schema staff;
create schema fn;
create extension if not exists pg_trgm schema fn;

-- Roles belong to the whole cluster: several databases, even at the same moment, may want them.
do $$
declare
  reader text;
begin
  foreach reader in array array['taawun_public', 'taawun_staff'] loop
    begin
      if not exists (select from pg_roles where rolname = reader) then
        execute format('create role %I login', reader);
      end if;
    exception when duplicate_object or unique_violation then
      null;
    end;
    -- An owner who is no superuser reads as these roles by SET ROLE, and must be their member.
    if not pg_has_role(current_user, reader, 'member') then
      execute format('grant %I to current_user', reader);
    end if;
  end loop;
  execute format('grant connect on database %I to taawun_public, taawun_staff', current_database());
end
$$;
grant usage on schema pub, fn to taawun_public;
grant usage on schema staff, fn to taawun_staff;

-- ---------------------------------------------------------------- Arabic-aware normal form

-- norm brings a text to the form in which it is searched: lower case, compatibility decomposition without marks (which turns
-- every hamza-carrying alef, waw and ya into its bare letter and drops diacritics), no tatweel, alef maqsura as ya, ta
-- marbuta as ha, Persian letters as Arabic ones, digits of every script in use here as 0-9. A text of ASCII has none of these.
create function fn.norm(value text) returns text
language sql immutable strict parallel safe as $$
  select case when octet_length(value) = length(value) then lower(value) else translate(
    regexp_replace(normalize(lower(value), NFKD), '[\u0300-\u036f\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f]', '', 'g'),
    'ىةٱکیھہ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ء', -- hamza on the line has no counterpart and goes
    'يهاكيهه01234567890123456789') end
$$;

-- texts_of is every text of a translatable column, one after another.
create function fn.texts_of(texts jsonb) returns text
language sql immutable strict parallel safe as $$
  select coalesce(string_agg(value, ' ' order by key), '') from jsonb_each_text(texts) where key not like '%#'
$$;

-- search_text is what a search of a record looks through: its codes and its texts in every language.
create function fn.search_text(codes text, variadic texts jsonb[]) returns text
language plpgsql immutable parallel safe as $$
declare
  words text := coalesce(codes, '');
  t jsonb;
begin
  foreach t in array texts loop
    words := words || ' ' || fn.texts_of(t);
  end loop;
  return fn.norm(words);
end
$$;

-- digest tells one source text from another; a translation keeps the digest of the text it was made from.
create function fn.digest(value text) returns text
language plpgsql immutable strict parallel safe as $$
begin
  return encode(sha256(convert_to(value, 'UTF8')), 'hex');
end
$$;

-- ---------------------------------------------------------------- Tables and their readers

-- record_kind names the table of each type of the contract.
create table base.record_kind (
  kind text primary key,
  table_name text not null unique
);
comment on table base.record_kind is 'The table of each type of the contract, kept by base.expose.';

-- expose shows a table to its readers: a view in pub over the rows that the public may see, a view in staff over all rows.
--   kind     name of the type in the contract
--   name     name of the table or view in base
--   visible  further condition on rows that the public may see; the column "published", where there is one, always counts
--   hide     columns that the public does not see
--   extra    computed columns of both views, over the row t
create procedure base.expose(kind text, name text, visible text default 'true', hide text[] default '{}', extra text default null)
language plpgsql as $$
declare
  target regclass := format('base.%I', expose.name)::regclass;
  columns text[];
  public_columns text[];
  is_table boolean := (select relkind = 'r' from pg_class where oid = target);
  changes text := case when visible = 'true' then 'old.published is distinct from new.published' else 'old is distinct from new' end;
begin
  select array_agg(format('t.%I', attname) order by attnum),
         array_agg(format('t.%I', attname) order by attnum) filter (where attname <> all (hide))
    into columns, public_columns
    from pg_attribute where attrelid = target and attnum > 0 and not attisdropped;
  if 't.published' = any (columns) then
    visible := 't.published and ' || visible;
  end if;
  execute format('create or replace view pub.%I as select %s from base.%I t where %s',
    name, array_to_string(public_columns, ', ') || coalesce(', ' || extra, ''), name, visible);
  execute format('create or replace view staff.%I as select %s from base.%I t',
    name, array_to_string(columns, ', ') || coalesce(', ' || extra, ''), name);
  execute format('grant select on pub.%I to taawun_public', name);
  execute format('grant select on staff.%I to taawun_staff', name);
  insert into base.record_kind values (kind, name) on conflict on constraint record_kind_pkey do update set table_name = excluded.table_name;
  if is_table and 't.id' = any (columns) and 't.published' = any (columns) and name not in ('translation', 'source') then
    execute format('create or replace trigger follow after update on base.%I for each row when (%s) execute function base.subject_published(%L)',
      name, changes, kind);
    execute format('create or replace trigger forget after delete on base.%I for each row execute function base.subject_removed(%L)', name, kind);
  end if;
end
$$;

-- subject_published carries the visibility of a record over to what speaks of it: texts, documents and sources. A published record
-- may still be hidden, such as a contact that is not public: what counts is whether the public sees it.
create function base.subject_published() returns trigger
language plpgsql as $$
declare
  seen boolean;
begin
  execute format('select exists(select from pub.%I where id = $1)', tg_table_name) into seen using new.id;
  update base.translation set published = seen where subject_kind = tg_argv[0] and subject_id = new.id and published <> seen;
  update base.document set published = seen where subject_kind = tg_argv[0] and subject_id = new.id and published <> seen;
  update base.source set published = seen where subject_kind = tg_argv[0] and subject_id = new.id and published <> seen;
  return null;
end
$$;

-- subject_removed removes what speaks of a record that is removed.
create function base.subject_removed() returns trigger
language plpgsql as $$
begin
  delete from base.translation where subject_kind = tg_argv[0] and subject_id = old.id;
  delete from base.document where subject_kind = tg_argv[0] and subject_id = old.id;
  delete from base.source where subject_kind = tg_argv[0] and subject_id = old.id;
  return null;
end
$$;

-- follow_subjects is the statement-level trigger of what speaks of records (translation, document, source): new rows take over
-- the visibility of their subject. A loader that supplies it itself says: set local taawun.projection = off.
create function base.follow_subjects() returns trigger
language plpgsql as $$
declare
  k record;
begin
  if current_setting('taawun.projection', true) = 'off' then
    return null;
  end if;
  for k in
    select n.subject_kind, r.table_name, array_agg(distinct n.subject_id) as ids
    from changed n left join base.record_kind r on r.kind = n.subject_kind group by 1, 2
  loop
    if k.table_name is null then
      raise exception 'no record of kind % can be spoken of', k.subject_kind using errcode = 'foreign_key_violation';
    end if;
    execute format('update base.%I n set published = s.seen from (select i.id, exists(select from pub.%I p where p.id = i.id) as seen from unnest($2) i(id)) s '
      'where n.subject_kind = $1 and n.subject_id = s.id and n.published <> s.seen', tg_table_name, k.table_name) using k.subject_kind, k.ids;
  end loop;
  return null;
end
$$;
