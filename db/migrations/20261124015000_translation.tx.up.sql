-- Governed translation: who may bring a text to which status, the queues of what is to be done, the memory of earlier translations, the
-- glossary, and requests for the translation of documents.
--
--   DRAFT, MACHINE  written by translators and by those who edit the record; readers of the public do not see them
--   REVIEWED        by a reviewer or certifier who did not translate
--   CERTIFIED       by a certifier who did not translate; reviewed before
--
-- A new text over one that is reviewed or certified is kept beside it, in the columns proposal_…, and readers keep the old one until the new
-- one is reviewed. A text made from an old source is taken and shows as stale.

-- ---------------------------------------------------------------- Who made a text

-- No foreign keys and no indexes: base.guard_translation alone writes these keys, accounts are never removed, and a million texts are
-- loaded by COPY.
alter table base.translation
  add column translator_id bigint,
  add column reviewer_id bigint,
  add column certifier_id bigint,
  add column comment text check (length(comment) <= 10000),
  add column proposal_text text,
  add column proposal_method text check (proposal_method in ('HUMAN', 'MACHINE', 'MEMORY')),
  add column proposal_translator text,
  add column proposal_translator_id bigint,
  add column proposal_source_digest text,
  add column proposal_made_at timestamptz,
  add constraint translation_proposal check (proposal_text is null or status in ('REVIEWED', 'CERTIFIED'));
comment on column base.translation.translator_id is 'Account that translated; may neither review nor certify.';
comment on column base.translation.comment is 'Why the text, or the new one beside it, was returned to its translator. Empty once it is written again.';
comment on column base.translation.proposal_text is 'A newer text that waits for review.';

do $$
declare
  k base.record_kind;
begin
  select * into k from base.record_kind r where r.kind = 'Translation';
  call base.expose(k.kind, k.table_name, k.visible, k.hide || array['translator_id', 'reviewer_id', 'certifier_id', 'comment', 'proposal_text', 'proposal_method',
    'proposal_translator', 'proposal_translator_id', 'proposal_source_digest', 'proposal_made_at'], k.extra, k.rule, k.writers, k.part_of);
end
$$;

-- refuse_translation raises what a person may not do to a text.
create function base.refuse_translation(why text, message text, arabic text) returns void
language plpgsql as $$
begin
  raise exception '%', message using errcode = 'insufficient_privilege', constraint = why, detail = arabic;
end
$$;

-- guard_translation says who brings a text to which status, and writes who it was. What it does not allow to be said it leaves as it was.
create or replace function base.guard_translation() returns trigger
language plpgsql as $$
declare
  t base.translation := case when tg_op = 'DELETE' then old else new end;
  drafts constant text[] := '{DRAFT,MACHINE}';
  approved constant text[] := '{REVIEWED,CERTIFIED}';
  who bigint := fn.actor();
  own_name text := (select a.name from staff.account a where a.id = who);
  edits boolean := base.may_edit(t.subject_kind, t.subject_id);
  writes boolean := edits or base.acts_as_any('{TRANSLATOR}');
  made boolean; -- a text, or the source it was made from, is given
  source record;
begin
  if tg_op = 'DELETE' then
    if not (edits or old.status = any (drafts) and writes) then
      perform base.refuse_translation('translation_status', 'this text is not yours to remove', 'لا يحق لك حذف هذا النص');
    end if;
    return old;
  end if;
  select o.locale, o.digest into source from base.translation o
    where o.subject_kind = t.subject_kind and o.subject_id = t.subject_id and o.field = t.field and o.status = 'ORIGINAL' and o.id <> t.id;

  if tg_op = 'INSERT' then
    if not (case when new.status = 'ORIGINAL' then edits else new.status = any (drafts) and writes end) then
      perform base.refuse_translation('translation_status', format('you may not enter a text as %s', new.status), 'لا يحق لك إدخال نص بهذه الحالة');
    end if;
    new.method := case when new.method = 'IMPORT' then 'HUMAN' else new.method end;
    new.translator := own_name;
    new.translator_id := who;
    if new.status <> 'ORIGINAL' then
      new.source_locale := coalesce(new.source_locale, source.locale);
      new.source_digest := coalesce(new.source_digest, source.digest);
    end if;
    new.reviewer := null; new.reviewer_id := null; new.certifier := null; new.certifier_id := null; new.comment := null;
    new.proposal_text := null; new.proposal_method := null; new.proposal_translator := null; new.proposal_translator_id := null;
    new.proposal_source_digest := null; new.proposal_made_at := null;
    return new;
  end if;

  if row(new.field, new.locale) is distinct from row(old.field, old.locale) then
    raise exception 'a text stays with its field and language' using errcode = 'insufficient_privilege', constraint = 'translation_fixed';
  end if;
  made := row(new.text, new.source_digest) is distinct from row(old.text, old.source_digest);
  -- From here on old says what was, t what was given, and new what will be.
  new.source_locale := old.source_locale; new.method := old.method;
  new.translator := old.translator; new.translator_id := old.translator_id;
  new.reviewer := old.reviewer; new.reviewer_id := old.reviewer_id;
  new.certifier := old.certifier; new.certifier_id := old.certifier_id; new.comment := old.comment;
  new.proposal_text := old.proposal_text; new.proposal_method := old.proposal_method;
  new.proposal_translator := old.proposal_translator; new.proposal_translator_id := old.proposal_translator_id;
  new.proposal_source_digest := old.proposal_source_digest; new.proposal_made_at := old.proposal_made_at;
  t.method := case when t.method = 'IMPORT' then 'HUMAN' else t.method end;

  if old.proposal_text is not null and t.proposal_text is null and t.status = any (approved)
      and row(t.text, t.source_digest) is not distinct from row(old.proposal_text, old.proposal_source_digest) then
    -- The new text takes the place of the old one.
    if t.status <> 'REVIEWED' or not base.acts_as_any('{REVIEWER,CERTIFIER}') then
      perform base.refuse_translation('translation_status', format('you may not bring this text to status %s', t.status), 'لا يحق لك نقل هذا النص إلى هذه الحالة');
    elsif old.proposal_translator_id = who then
      perform base.refuse_translation('translation_self', 'whoever translated a text can neither review nor certify it', 'لا يجوز لمن ترجم النص أن يراجعه أو يصادق عليه');
    end if;
    new.source_locale := coalesce(source.locale, old.source_locale);
    new.method := old.proposal_method; new.translator := old.proposal_translator; new.translator_id := old.proposal_translator_id;
    new.reviewer := own_name; new.reviewer_id := who; new.certifier := null; new.certifier_id := null; new.comment := null;
    new.proposal_text := null; new.proposal_method := null; new.proposal_translator := null; new.proposal_translator_id := null;
    new.proposal_source_digest := null; new.proposal_made_at := null;

  elsif old.proposal_text is not null and t.proposal_text is null and not made and t.status = old.status then
    -- The new text is given up.
    if not (edits or old.proposal_translator_id = who and writes or base.acts_as_any('{REVIEWER,CERTIFIER}')) then
      perform base.refuse_translation('translation_status', 'this text is not yours to remove', 'لا يحق لك حذف هذا النص');
    end if;
    new.comment := null;
    new.proposal_text := null; new.proposal_method := null; new.proposal_translator := null; new.proposal_translator_id := null;
    new.proposal_source_digest := null; new.proposal_made_at := null;

  elsif 'ORIGINAL' in (old.status, t.status) then
    if not (edits and old.status <> all (approved) and t.status <> all (approved)) then
      perform base.refuse_translation('translation_status', 'the original is written by those who edit the record', 'النص الأصلي يكتبه من يحرر السجل');
    end if;
    if made or old.status <> t.status then
      new.method := t.method; new.translator := own_name; new.translator_id := who; new.comment := null;
      new.source_locale := t.source_locale;
    end if;

  elsif made and old.status = any (approved) then
    -- A new text, which waits beside the one that readers see.
    if not writes then
      perform base.refuse_translation('translation_status', 'this text is not yours to translate', 'لا يحق لك ترجمة هذا النص');
    elsif t.status <> old.status and t.status <> all (drafts) then
      perform base.refuse_translation('translation_self', 'whoever translated a text can neither review nor certify it', 'لا يجوز لمن ترجم النص أن يراجعه أو يصادق عليه');
    end if;
    new.text := old.text; new.source_digest := old.source_digest; new.status := old.status; new.comment := null;
    new.proposal_text := t.text; new.proposal_source_digest := t.source_digest; new.proposal_method := t.method;
    new.proposal_translator := own_name; new.proposal_translator_id := who; new.proposal_made_at := now();

  elsif made then
    if not writes then
      perform base.refuse_translation('translation_status', 'this text is not yours to translate', 'لا يحق لك ترجمة هذا النص');
    elsif t.status <> all (drafts) then
      perform base.refuse_translation('translation_self', 'whoever translated a text can neither review nor certify it', 'لا يجوز لمن ترجم النص أن يراجعه أو يصادق عليه');
    end if;
    new.source_locale := coalesce(t.source_locale, source.locale);
    new.method := t.method; new.translator := own_name; new.translator_id := who; new.comment := null;
    new.reviewer := null; new.reviewer_id := null; new.certifier := null; new.certifier_id := null;

  elsif t.status <> old.status and t.status = any (approved) and old.status = any (drafts || 'REVIEWED'::text) then
    if not base.acts_as_any(case t.status when 'CERTIFIED' then '{CERTIFIER}' else '{REVIEWER,CERTIFIER}' end::text[]) or t.status = 'CERTIFIED' and old.status <> 'REVIEWED' then
      perform base.refuse_translation('translation_status', format('you may not bring this text from %s to %s', old.status, t.status), 'لا يحق لك نقل هذا النص إلى هذه الحالة');
    elsif old.translator_id = who then
      perform base.refuse_translation('translation_self', 'whoever translated a text can neither review nor certify it', 'لا يجوز لمن ترجم النص أن يراجعه أو يصادق عليه');
    end if;
    new.comment := null;
    if t.status = 'REVIEWED' then
      new.reviewer := own_name; new.reviewer_id := who;
    else
      new.certifier := own_name; new.certifier_id := who;
    end if;

  elsif t.status <> old.status and old.status = any (approved) then
    -- Taken back, with a comment.
    if not base.acts_as_any(case old.status when 'CERTIFIED' then '{CERTIFIER}' else '{REVIEWER,CERTIFIER}' end::text[]) or old.proposal_text is not null then
      perform base.refuse_translation('translation_status', format('you may not bring this text from %s to %s', old.status, t.status), 'لا يحق لك نقل هذا النص إلى هذه الحالة');
    elsif nullif(btrim(t.comment), '') is null then
      raise exception 'a text is returned with a comment' using errcode = 'check_violation', constraint = 'translation_comment', detail = 'يُعاد النص مع تعليق';
    end if;
    new.comment := t.comment; new.certifier := null; new.certifier_id := null;
    if t.status <> 'REVIEWED' then
      new.reviewer := null; new.reviewer_id := null;
    end if;

  elsif t.comment is distinct from old.comment then
    if t.comment is not null and not (base.acts_as_any('{REVIEWER,CERTIFIER}') and (old.status = any (drafts) or old.proposal_text is not null))
        or t.comment is null and not (writes or base.acts_as_any('{REVIEWER,CERTIFIER}')) then
      perform base.refuse_translation('translation_status', 'a text is returned by those who review it', 'يعيد النص من يراجعه');
    end if;
    new.comment := t.comment;
    if t.status <> old.status and not writes then
      new.status := old.status;
    end if;

  elsif t.status <> old.status and not writes then -- DRAFT and MACHINE
    perform base.refuse_translation('translation_status', 'this text is not yours to translate', 'لا يحق لك ترجمة هذا النص');
  end if;
  return new;
end
$$;
-- Asked of persons only: a load of a million texts does not call it.
create or replace trigger guard_translation before insert or update or delete on base.translation
  for each row when (current_user = 'taawun_staff') execute function base.guard_translation();

-- ---------------------------------------------------------------- What is to be done

create table base.working_locale (
  id bigint generated by default as identity primary key check (id between 1 and 255),
  locale text not null unique check (locale ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table base.working_locale is 'A language into which every text is to be translated.';
insert into base.working_locale (id, locale) values (1, 'ar'), (2, 'en');
alter table base.working_locale alter column id restart with 3;
call base.expose('WorkingLocale', 'working_locale', writers => '{ADMINISTRATOR}');

-- translation_task is what is to be done about a text in a working language. Its key is that of the original and the language. Requests for
-- translation have a status of their own.
create view base.translation_task as
  select o.id * 256 + w.id as id, x.task, o.subject_kind, o.subject_id, o.field, w.locale, o.text as source_text, o.locale as source_locale, o.digest as source_digest,
    t.id as translation_id, greatest(o.updated_at, t.updated_at) as updated_at, o.published
  from base.translation o
  join base.working_locale w on w.locale <> o.locale
  left join base.translation t on t.subject_kind = o.subject_kind and t.subject_id = o.subject_id and t.field = o.field and t.locale = w.locale
  cross join lateral (select case
    when t.id is null then 'MISSING'
    when t.comment is not null then 'RETURNED'
    when case when t.proposal_text is null then t.source_digest else t.proposal_source_digest end is distinct from o.digest then 'STALE'
    when t.proposal_text is not null or t.status in ('DRAFT', 'MACHINE') then 'REVIEW'
    when t.status = 'REVIEWED' then 'CERTIFY' end as task) x
  where o.status = 'ORIGINAL' and o.subject_kind <> 'TranslationRequest' and x.task is not null;
call base.expose('TranslationTask', 'translation_task', visible => 'false');

-- working_locales are the languages into which every text is to be translated.
create function fn.working_locales() returns table (id bigint, locale text, version integer, created_at timestamptz, updated_at timestamptz)
language plpgsql stable as $$
begin
  return query select l.id, l.locale, l.version, l.created_at, l.updated_at from working_locale l order by l.id;
end
$$;

create type fn.coverage_row as (subject_kind text, locale text, total integer, missing integer, stale integer, machine integer, draft integer, reviewed integer, certified integer);

-- translation_coverage counts how far the texts that the reader sees are translated: all texts whose source is in another language, those without
-- a translation, and the others by status; stale ones are counted besides.
create function fn.translation_coverage(locale text default null, subject_kind text default null) returns setof fn.coverage_row
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select o.subject_kind, w.locale, count(*)::int, (count(*) filter (where t.id is null))::int,
      (count(*) filter (where t.source_digest is distinct from o.digest and t.id is not null))::int,
      (count(*) filter (where t.status = 'MACHINE'))::int, (count(*) filter (where t.status = 'DRAFT'))::int,
      (count(*) filter (where t.status = 'REVIEWED'))::int, (count(*) filter (where t.status = 'CERTIFIED'))::int
    from translation o
    join (select l.locale from working_locale l where translation_coverage.locale is null
      union select translation_coverage.locale where translation_coverage.locale is not null) w on w.locale <> o.locale
    left join translation t on t.subject_kind = o.subject_kind and t.subject_id = o.subject_id and t.field = o.field and t.locale = w.locale
    where o.status = 'ORIGINAL' and o.subject_kind <> 'TranslationRequest'
      and (translation_coverage.subject_kind is null or o.subject_kind = translation_coverage.subject_kind)
    group by 1, 2 order by 1, 2;
end
$$;

-- ---------------------------------------------------------------- Translation memory

create table base.translation_memory (
  id bigint generated by default as identity primary key,
  source_digest text not null,
  digest text not null,
  source_locale text not null,
  locale text not null,
  source text not null,
  text text not null,
  words text not null,
  status text not null check (status in ('REVIEWED', 'CERTIFIED')),
  uses integer not null,
  unique (source_digest, digest, source_locale, locale)
);
create index on base.translation_memory using gin (words gin_trgm_ops);
comment on table base.translation_memory is 'Texts with their translations, reviewed or certified: what has been translated once need not be translated again. Nothing that is confidential. Reached by functions only.';
comment on column base.translation_memory.words is 'Beginning of the source in normal form, by which similar texts are found.';
comment on column base.translation_memory.uses is 'Number of texts that are translated so.';

-- memory_words is the part of a text by which it is compared.
create function fn.memory_words(value text) returns text
language sql immutable strict parallel safe as $$
  select fn.norm(left(value, 400))
$$;

-- remember_translation keeps the memory of what persons review, certify and take back. A confidential record is not remembered.
create function base.remember_translation() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  source record;
  root record;
  secret boolean := false;
begin
  if tg_op = 'DELETE' or old.status in ('REVIEWED', 'CERTIFIED') then
    update translation_memory m set uses = m.uses - 1
      where m.source_digest = old.source_digest and m.digest = old.digest and m.locale = old.locale and m.source_locale = old.source_locale;
    delete from translation_memory m
      where m.source_digest = old.source_digest and m.digest = old.digest and m.locale = old.locale and m.source_locale = old.source_locale and m.uses < 1;
  end if;
  if tg_op = 'DELETE' or new.status not in ('REVIEWED', 'CERTIFIED') then
    return null;
  end if;
  root := base.root_of(new.subject_kind, new.subject_id);
  if base.has_column((select k.table_name from record_kind k where k.kind = root.root_kind), 'confidential') then
    execute format('select t.confidential from base.%I t where t.id = $1', (select k.table_name from record_kind k where k.kind = root.root_kind)) into secret using root.root_id;
  end if;
  -- The source as it was when it was translated.
  select o.locale, x.text into source
    from translation o, lateral (select o.text where o.digest = new.source_digest
      union all select h.text from history.translation h where h.id = o.id and h.digest = new.source_digest) x
    where o.subject_kind = new.subject_kind and o.subject_id = new.subject_id and o.field = new.field and o.status = 'ORIGINAL' limit 1;
  if secret or source.text is null then
    return null;
  end if;
  insert into translation_memory as m (source_digest, digest, source_locale, locale, source, text, words, status, uses)
    values (new.source_digest, new.digest, source.locale, new.locale, source.text, new.text, fn.memory_words(source.text), new.status, 1)
    on conflict (source_digest, digest, source_locale, locale) do update set uses = m.uses + 1,
      status = case when 'CERTIFIED' in (m.status, excluded.status) then 'CERTIFIED' else 'REVIEWED' end;
  return null;
end
$$;
create trigger remembered after update on base.translation for each row
  when ((old.status in ('REVIEWED', 'CERTIFIED') or new.status in ('REVIEWED', 'CERTIFIED')) and row(old.status, old.text, old.source_digest) is distinct from row(new.status, new.text, new.source_digest)
    and current_setting('taawun.bulk', true) is distinct from 'on')
  execute function base.remember_translation();
create trigger remembered_end after delete on base.translation for each row
  when (old.status in ('REVIEWED', 'CERTIFIED') and current_setting('taawun.bulk', true) is distinct from 'on') execute function base.remember_translation();

create table base.memory_fill (
  revision_id bigint not null,
  filled_at timestamptz not null default now()
);
comment on table base.memory_fill is 'Up to which load of data the translation memory has been filled.';

-- fill_translation_memory brings what loads of data have delivered into the memory; persons' work is there already. It looks at all texts, once
-- after each load, and is called by the server now and then rather than by the loader, who would have to wait for it. The number of what it added.
create function base.fill_translation_memory() returns bigint
language plpgsql as $$
declare
  latest bigint;
  added bigint;
begin
  perform pg_advisory_xact_lock(7221075);
  select max(r.id) into latest from base.revision r where r.is_bulk;
  if latest is null or exists (select from base.memory_fill f where f.revision_id >= latest) then
    return 0;
  end if;
  insert into base.translation_memory as m (source_digest, digest, source_locale, locale, source, text, words, status, uses)
    select o.digest, t.digest, o.locale, t.locale, min(o.text), min(t.text), fn.memory_words(min(o.text)), min(t.status), count(*)
    from base.translation t
    join base.translation o on o.subject_kind = t.subject_kind and o.subject_id = t.subject_id and o.field = t.field and o.status = 'ORIGINAL'
    where t.status in ('REVIEWED', 'CERTIFIED') and t.source_digest = o.digest
      and (t.subject_kind, t.subject_id) not in (select h.kind, h.id from base.hidden_records(null) h)
    group by 1, 2, 3, 4
    on conflict (source_digest, digest, source_locale, locale) do update set uses = excluded.uses, status = excluded.status
      where row(m.uses, m.status) is distinct from row(excluded.uses, excluded.status);
  get diagnostics added = row_count;
  delete from base.memory_fill;
  insert into base.memory_fill (revision_id) values (latest);
  return added;
end
$$;

create type fn.suggestion_row as (source text, text text, similarity double precision, status text, uses integer);

-- translation_suggestions are earlier translations of the same or a similar text, the best first: of the very text, then by likeness.
create function fn.translation_suggestions(text text, source_locale text, locale text, first integer default 5) returns setof fn.suggestion_row
language plpgsql stable security definer set search_path = base, fn, pg_temp set pg_trgm.similarity_threshold = 0.4 as $$
#variable_conflict use_column
declare
  given text := fn.memory_words(translation_suggestions.text);
  hash text := fn.digest(translation_suggestions.text);
begin
  if not fn.reads_drafts() then
    return;
  elsif first not between 0 and 100 then
    raise exception using errcode = '22023', message = 'first must lie between 0 and 100', detail = 'يجب أن تقع قيمة first بين 0 و100';
  elsif length(translation_suggestions.text) > 100000 then
    raise exception using errcode = '22023', message = 'the text is longer than 100000 characters', detail = 'النص أطول من 100000 محرف';
  end if;
  return query
    select m.source, m.text, round(max(x.likeness)::numeric, 3)::double precision, m.status, m.uses
    from (
      select a.id, 1.0 as likeness from translation_memory a
        where a.source_digest = hash and a.locale = translation_suggestions.locale and a.source_locale = translation_suggestions.source_locale
      union all
      select a.id, least(similarity(a.words, given), 0.999) from translation_memory a
        where a.words % given and a.locale = translation_suggestions.locale and a.source_locale = translation_suggestions.source_locale
    ) x join translation_memory m on m.id = x.id
    group by m.id, m.source, m.text, m.status, m.uses
    order by max(x.likeness) desc, m.status, m.uses desc, m.id limit first;
end
$$;

-- ---------------------------------------------------------------- Glossary

-- plain_words is a text in normal form, its words with one space between, and the punctuation around them gone.
create function fn.plain_words(value text) returns text
language sql immutable strict parallel safe as $$
  select btrim(regexp_replace(fn.norm(value), '[[:space:][:cntrl:].,;:!?"''()\[\]{}<>/\\|«»“”‘’؛،؟…–—_*%٪-]+', ' ', 'g'))
$$;

create table base.glossary_term (
  id bigint generated by default as identity primary key,
  source_locale text not null check (source_locale ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  term text not null check (fn.plain_words(term) <> '' and length(term) <= 200 and term !~ '[[:cntrl:]]'),
  locale text not null check (locale ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  translation text not null check (btrim(translation) <> '' and length(translation) <= 200 and translation !~ '[[:cntrl:]]'),
  domain text check (btrim(domain) <> '' and length(domain) <= 200 and domain !~ '[[:cntrl:]]'),
  note text check (length(note) <= 2000),
  is_forbidden boolean not null default false,
  words text not null generated always as (fn.plain_words(term)) stored,
  search text not null generated always as (fn.norm(term || ' ' || translation || ' ' || coalesce(domain, '') || ' ' || coalesce(note, ''))) stored,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint glossary_term_locales check (source_locale <> locale)
);
create unique index glossary_term_once on base.glossary_term (source_locale, locale, words, translation);
create index on base.glossary_term (term, id);
create index on base.glossary_term (updated_at, id);
create index on base.glossary_term using gin (search gin_trgm_ops);
comment on table base.glossary_term is 'A term with the translation that the directorate has settled on, or that is to be avoided.';
comment on column base.glossary_term.words is 'The term in normal form, by which it is found in texts.';
call base.expose('GlossaryTerm', 'glossary_term', visible => 'false', rule => '(select fn.reads_drafts())', writers => '{TRANSLATOR,REVIEWER,CERTIFIER,ADMINISTRATOR}');

-- term_pattern is the regular expression by which a term, in normal form, is found in plain words: whole words; in Arabic with or without the
-- article, and the first word with what is written together with it (wa, fa, bi, li, ka, and li with the article).
create function fn.term_pattern(words text) returns text
language sql immutable strict parallel safe as $$
  select '(^| )' || string_agg(case when w.word ~ '[ء-ي]'
      then case w.number when 1 then '[وف]?([بك]?(ال)?|لل?)' else '(ال)?' end || regexp_replace(w.word, '^ال(?=..)', '')
      else regexp_replace(w.word, '([^[:alnum:]])', '\\\1', 'g') end, ' ' order by w.number) || '( |$)'
  from regexp_split_to_table(words, ' ') with ordinality w(word, number)
$$;

create type fn.glossary_row as (id bigint, source_locale text, term text, locale text, translation text, domain text, note text, is_forbidden boolean, search text,
  version integer, created_at timestamptz, updated_at timestamptz);

-- glossary_hits are the terms that occur in a text, in their order there. A language answers for its regional forms too.
create function fn.glossary_hits(text text, source_locale text, locale text) returns setof fn.glossary_row
language plpgsql stable as $$
#variable_conflict use_column
declare
  given text := fn.plain_words(glossary_hits.text);
begin
  if length(glossary_hits.text) > 100000 then
    raise exception using errcode = '22023', message = 'the text is longer than 100000 characters', detail = 'النص أطول من 100000 محرف';
  end if;
  return query
    with near as materialized ( -- few terms share their first word with the text, and only these are looked for closely
      select t.*, regexp_replace(split_part(t.words, ' ', 1), '^ال(?=..)', '') as beginning from glossary_term t
      where split_part(t.source_locale, '-', 1) = split_part(glossary_hits.source_locale, '-', 1)
        and split_part(t.locale, '-', 1) = split_part(glossary_hits.locale, '-', 1)
        and strpos(given, regexp_replace(split_part(t.words, ' ', 1), '^ال(?=..)', '')) > 0
    )
    select n.id, n.source_locale, n.term, n.locale, n.translation, n.domain, n.note, n.is_forbidden, n.search, n.version, n.created_at, n.updated_at
    from near n where given ~ fn.term_pattern(n.words)
    order by regexp_instr(given, fn.term_pattern(n.words)), length(n.words) desc, n.is_forbidden, n.id;
end
$$;
