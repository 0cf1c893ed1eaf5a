-- The functions of every text that is written, the same in what they say, in less time.

-- norm brings a text to the form in which it is searched: lower case, compatibility decomposition without marks (which turns
-- every hamza-carrying alef, waw and ya into its bare letter and drops diacritics), no tatweel, alef maqsura as ya, ta
-- marbuta as ha, Persian letters as Arabic ones, digits of every script in use here as 0-9. A text of ASCII has none of these.
-- translate compares every letter with each that it knows, so that it sees only texts that have such letters.
create or replace function fn.norm(value text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  words text := lower(value);
begin
  if octet_length(value) = length(value) then
    return words;
  end if;
  words := regexp_replace(normalize(words, NFKD), '[\u0300-\u036f\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f]', '', 'g');
  if words ~ '[\u0600-\u06ff]' then
    words := translate(words, 'ىةٱکیھہء', 'يهاكيهه'); -- hamza on the line has no counterpart and goes
    if words ~ '[\u0660-\u0669\u06f0-\u06f9]' then
      words := translate(words, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789');
    end if;
  end if;
  return words;
end
$$;

-- digest tells one source text from another; a translation keeps the digest of the text it was made from. It is the SHA-256 of the text
-- in UTF-8, which is the encoding of every database of ours (normalize knows no other); with its backslashes doubled a text stands for
-- its own bytes. An expression, unlike a call of convert_to, becomes part of the statement.
create or replace function fn.digest(value text) returns text
language sql immutable strict parallel safe as $$
  select encode(sha256(replace(value, E'\\', E'\\\\')::bytea), 'hex')
$$;
