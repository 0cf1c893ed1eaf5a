-- A newer text that was taken out beside a translation is taken back like what else was done to it.
do $$
declare
  was constant text := pg_get_functiondef('base.take_back_translation(bigint)'::regprocedure);
  becomes constant text := replace(was, 'certifyTranslation,returnTranslation}', 'certifyTranslation,returnTranslation,removeTranslation}');
begin
  if becomes = was then
    raise exception 'base.take_back_translation is not what it was';
  end if;
  execute becomes;
end
$$;
