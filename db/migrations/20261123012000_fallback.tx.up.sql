-- fallback_locale is the language of last resort of a translatable column: that of the original, else the first there is. Statements
-- call it only where a text exists in none of the reader's languages; as a sub-select it would be planned and set up for every text.
create function fn.fallback_locale(texts jsonb) returns text
language plpgsql immutable strict parallel safe as $$
begin
  return (select t.locale from jsonb_object_keys(texts) t(locale) where right(t.locale, 1) <> '#'
    order by (texts ->> (t.locale || '#')) like 'ORIGINAL%' desc nulls last, t.locale limit 1);
end
$$;
