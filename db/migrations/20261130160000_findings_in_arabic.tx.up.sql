-- What an import says is told in Arabic too. What stands in the log already was told in English only, and is in both as it was.

alter table base.import_log add column summary_ar text;
update base.import_log set summary_ar = summary;
alter table base.import_log add constraint import_log_summary check ((summary is null) = (summary_ar is null));

alter table base.import_log_finding add column reason_ar text;
update base.import_log_finding set reason_ar = reason;
alter table base.import_log_finding alter column reason_ar set not null;

create or replace view base.import_run as
  select l.id, l.kind, l.name, l.started_at, l.ended_at, l.progress, l.added, l.changed, l.unchanged, l.refused, l.noted, l.summary,
    coalesce(l.outcome, case when l.beat_at < now() - interval '1 minute' then 'INTERRUPTED' else 'RUNNING' end) as state, l.summary_ar
  from base.import_log l;
create or replace view base.import_finding as
  select f.id, f.run_id, f.kind, f.place, f.identifier, f.reason, f.reason_ar from base.import_log_finding f;
call base.expose('ImportRun', 'import_run', visible => 'false', rule => '(select fn.reads_drafts())', writers => '{}');
call base.expose('ImportFinding', 'import_finding', visible => 'false', rule => '(select fn.reads_drafts())', writers => '{}');
