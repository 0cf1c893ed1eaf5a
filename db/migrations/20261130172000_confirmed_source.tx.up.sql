-- Whoever reviews that a translation is still right for its changed source is shown what changed: the text that waits is the one that readers see, and it
-- was made from the source of then.
create or replace view base.translation_task as
  select s.id, s.task, s.subject_kind, s.subject_id, s.field, s.locale, (select o.text from base.translation o where o.id = s.source_id) as source_text, s.source_locale,
    (select o.digest from base.translation o where o.id = s.source_id) as source_digest, s.translation_id, s.updated_at, s.published,
    (select (select h.text from history.translation h where h.id = o.id and h.digest = y.made_from limit 1)
      from base.translation o join base.translation t on t.id = s.translation_id
      cross join lateral (select case when t.proposal_text is null or t.proposal_text = t.text then t.source_digest else t.proposal_source_digest end as made_from) y
      where o.id = s.source_id and y.made_from is distinct from o.digest) as source_then
  from base.translation_state s where s.task is not null;
call base.refresh_past();
