-- Folding makes case and accents not matter, in the generated columns and in questions alike.
create extension if not exists pg_trgm with schema public;

-- Exactly `domain::fold::fold`. Most text is ASCII, where all of it is lower case by bytes. The explicit ICU collation
-- makes the result the same under every locale of the database; ICU alone writes a final sigma, which folds to sigma.
create function fold_text(t text) returns text language plpgsql immutable strict parallel safe as $$
begin
    if octet_length(t) = char_length(t) then
        return lower(t collate "C");
    end if;
    return translate(
        lower(
            regexp_replace(
                normalize(t, nfd),
                '[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]',
                '', 'g'
            ) collate "und-x-icu"
        ),
        'ς', 'σ'
    ) collate "C";
end
$$;

-- Exactly `domain::contact::Reference::key`: two spellings with one key are one reference.
create function reference_key(t text) returns text language plpgsql immutable strict parallel safe as $$
begin
    if octet_length(t) = char_length(t) then
        return lower(t collate "C");
    end if;
    return lower(t collate "und-x-icu") collate "C";
end
$$;
