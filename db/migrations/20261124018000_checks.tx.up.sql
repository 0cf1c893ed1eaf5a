-- Values that the contract names as enumerations and that people may write now.
alter table base.obligation add constraint obligation_outcome_check check (outcome in ('DONE', 'WAIVED'));
alter table base.translation_request_event add constraint translation_request_event_status_check
  check (status in ('REQUESTED', 'ASSIGNED', 'IN_TRANSLATION', 'REVISION', 'RETURNED', 'CERTIFIED', 'DELIVERED', 'CANCELLED'));
