-- An agreement is past its end when the term that runs now has ended and does not renew itself. The end that was stated is not it where the agreement was
-- renewed or amended since; one without a stated end has that of its duration.
update base.quality_rule set
  description = '{"ar": "انقضى الأجل، محسوباً بما سُجّل من تجديد وتعديل، ولا يتجدد من نفسه، وحالتها ما زالت سارية.", "en": "The term, with the renewals and amendments entered, has ended and does not renew itself, and by its status the agreement still runs."}',
  finds = $$select a.id as subject_id, 1 as occurrences from agreement a where a.state <> 'ARCHIVED' and a.status in ('SIGNED', 'PROVISIONALLY_APPLIED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED')
    and a.term_ends_on < current_date and (a.renewal <> 'TACIT' or a.term_end = 'EXPIRY')$$
where code = 'AGREEMENT_END_PASSED';
update base.quality_state set looked_on = looked_on - 1; -- the rules look at everything again
