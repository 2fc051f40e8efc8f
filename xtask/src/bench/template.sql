-- Run once, as the owner, on a fresh demonstration: keeps its requests as templates, each row as text in which whatever must
-- differ from copy to copy is a mark. The rows were written by the program; the copies differ from them in ids, references,
-- names, numbers and years, and in nothing else.
-- One moment for all of it.
BEGIN ISOLATION LEVEL REPEATABLE READ;
SET LOCAL client_min_messages = warning;
CREATE SCHEMA bench;

-- Ids that belong to one request. Ids of staff, teams and organisations are not among them and stay as they are.
CREATE TABLE bench.own AS
    SELECT id::text AS id FROM person UNION SELECT id::text FROM referral UNION SELECT id::text FROM clock
    UNION SELECT id::text FROM task UNION SELECT id::text FROM notice UNION SELECT id::text FROM page
    UNION SELECT id::text FROM episode UNION SELECT id::text FROM contact UNION SELECT id::text FROM handover
    UNION SELECT id::text FROM match_choice UNION SELECT id::text FROM event WHERE noun = 'referral'
    UNION SELECT id::text FROM audit WHERE noun = 'referral'
    UNION SELECT request::text FROM audit WHERE noun = 'referral';
ALTER TABLE bench.own ADD PRIMARY KEY (id);

-- The requests, numbered: those that are open and those that are closed each from 0. Not those that name another request, and
-- not those for which somebody is being rung this minute: of these there are as many as people are in danger right now, and
-- not more because a county has more records.
CREATE TABLE bench.request AS
    SELECT r.id AS referral_id, r.person_id, r.reference, r.state = 'closed' AS closed,
           row_number() OVER (PARTITION BY r.state = 'closed' ORDER BY r.id) - 1 AS t
    FROM referral r
    WHERE NOT EXISTS (SELECT FROM page g WHERE g.referral_id = r.id AND g.acknowledged_at IS NULL)
      AND NOT EXISTS (
        SELECT FROM bench.own o
        WHERE o.id <> r.id::text AND r.body::text LIKE '%' || o.id || '%'
          AND EXISTS (SELECT FROM referral x WHERE x.id::text = o.id));

-- The last eight signs of an own id become the copy's number: what comes before is different for every id of a request.
CREATE FUNCTION bench.marked(source text, reference text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    one text;
    away integer;
BEGIN
    FOR one IN
        SELECT DISTINCT o.id
        FROM regexp_matches(source, '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})', 'g') AS m
        JOIN bench.own o ON o.id = m[1]
    LOOP
        source := replace(source, one, left(one, 28) || '#~id~#');
    END LOOP;
    source := replace(source, reference, '#~ref~#');
    FOR away IN -1..1 LOOP
        source := regexp_replace(
            source, '\m' || (extract(year FROM now())::integer + away) || '(?=-[0-9]{2}-[0-9]{2})',
            '#~y' || away || '~#', 'g');
    END LOOP;
    RETURN source;
END
$$;

CREATE TABLE bench.template (of_table text NOT NULL, closed boolean NOT NULL, t bigint NOT NULL, body text NOT NULL);

DO $$
DECLARE
    one text;
    condition text;
BEGIN
    FOREACH one IN ARRAY ARRAY['referral', 'clock', 'task', 'notice', 'page', 'episode', 'contact', 'handover',
                               'match_choice', 'list_key', 'sent_request', 'status_key', 'return_key', 'event', 'audit', 'job'] LOOP
        condition := CASE one
            WHEN 'referral' THEN 'x.id = q.referral_id'
            WHEN 'event' THEN $c$x.noun = 'referral' AND x.subject_id = q.referral_id$c$
            WHEN 'audit' THEN $c$x.noun = 'referral' AND x.subject_id = q.referral_id$c$
            -- What falls due while it is measured would be done by the program between two requests.
            WHEN 'job' THEN $c$x.kind <> 'draft' AND x.subject_id = q.referral_id AND x.run_at > now() + interval '6 hours'$c$
            ELSE 'x.referral_id = q.referral_id' END;
        EXECUTE format(
            'INSERT INTO bench.template SELECT %L, q.closed, q.t, bench.marked(to_jsonb(x)::text, q.reference)
             FROM bench.request q JOIN %I x ON %s', one, one, condition);
    END LOOP;
END
$$;
UPDATE bench.template AS m
SET body = replace(m.body, '"called": ' || to_jsonb(r.called)::text, '"called": "#~called~#"')
FROM bench.request q JOIN referral r ON r.id = q.referral_id
WHERE m.of_table = 'referral' AND m.t = q.t AND m.closed = q.closed;

-- People: what they gave stays given, and is another name, day, number and place for everybody. Keys are left to the program,
-- which makes them at its next start.
CREATE FUNCTION bench.put(body jsonb, path text[], mark text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN coalesce(body #>> path, '') = '' OR body #>> path LIKE 'ZZ%' THEN body
                ELSE jsonb_set(body, path, to_jsonb(mark)) END
$$;
INSERT INTO bench.template
SELECT 'person', q.closed, q.t, bench.marked(to_jsonb(p)::text, q.reference)
FROM bench.request q
JOIN LATERAL (
    SELECT tenant_id, id, 0 AS keyed,
           bench.put(bench.put(bench.put(bench.put(bench.put(
               CASE WHEN body #>> '{contact,way,by}' = 'call'
                    THEN jsonb_set(body, '{contact,way,phone}', '"#~phone~#"') ELSE body END,
               '{identity,called}', '#~called~#'), '{identity,full_name}', '#~called~# #~surname~#'),
               '{identity,born_on}', '#~born~#'), '{identity,nhs_number}', '#~nhs~#'),
               '{identity,postcode}', '#~postcode~#') AS body
    FROM person WHERE id = q.person_id) AS p ON true;
CREATE INDEX ON bench.template (of_table, closed, t);

-- A reference as the program makes it: seven signs and one to check them by. `n` above 1,000, below which the
-- demonstration's own are.
CREATE FUNCTION bench.reference(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    WITH place AS (
        SELECT i, ((n * 611953007 % 893871739) / (19 ^ i)::bigint) % 19 AS p FROM generate_series(0, 6) AS i)
    SELECT string_agg(substr('34679CDFHJKMNPRTWXY', p::integer + 1, 1), '' ORDER BY i)
           || substr('34679CDFHJKMNPRTWXY', ((19 - sum((8 - i) * p) % 19) % 19)::integer + 1, 1)
    FROM place
$$;

-- A valid number of the range that is never given to anybody.
CREATE FUNCTION bench.nhs(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT '999' || six || check_digit % 11
    FROM (SELECT six, 11 - (9 * (10 + 9 + 8) + (
                     SELECT sum((8 - i) * substr(six, i, 1)::integer) FROM generate_series(1, 6) AS i)) % 11 AS check_digit
          FROM (SELECT lpad(((n + j) % 1000000)::text, 6, '0') AS six FROM generate_series(0, 3) AS j) AS near) AS found
    WHERE check_digit <> 10 LIMIT 1
$$;

-- Numbers of the ranges that the regulator keeps for drama.
CREATE FUNCTION bench.phone(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY['+447700900', '+441134960', '+441144960', '+441154960', '+441164960', '+441174960', '+441184960',
                  '+441214960', '+441314960', '+441414960', '+441514960', '+441614960', '+442079460', '+441914980',
                  '+442896496', '+442920180', '+441632960'])[n % 17 + 1] || lpad((n / 17 % 1000)::text, 3, '0')
$$;

CREATE TABLE bench.called AS
    SELECT row_number() OVER (ORDER BY name) - 1 AS n, name
    FROM (SELECT DISTINCT body #>> '{identity,called}' AS name FROM person
          WHERE body #>> '{identity,full_name}' IS NOT NULL) AS names;
CREATE TABLE bench.surname AS
    SELECT row_number() OVER () - 1 AS n, head || tail AS name
    FROM unnest('{Ash,Bram,Cal,Dun,El,Fen,Gar,Hal,Ing,Jes,Kel,Lang,Mor,Nor,Oak,Pen,Quin,Ros,Stan,Thorn,Ul,Ver,Wal,Yar,Zel}'::text[]) AS head
    CROSS JOIN unnest('{bury,combe,croft,dale,den,field,ford,gate,ham,hurst,ley,lock,low,man,mere,more,over,ridge,sby,stead,stow,ton,ville,wick,worth,yard,by,cott,don,ell}'::text[]) AS tail;
ALTER TABLE bench.called ADD PRIMARY KEY (n);
ALTER TABLE bench.surname ADD PRIMARY KEY (n);

-- One line for each person that is made.
CREATE UNLOGGED TABLE bench.copy (
    n bigint, closed boolean, t bigint, hex text, history boolean, y integer, ref text, called text, surname text,
    born text, nhs text, postcode text, phone text);
CREATE TABLE bench.progress (people bigint, open_rounds bigint, closed_rounds bigint);
INSERT INTO bench.progress SELECT count(*), 0, 0 FROM person;

CREATE FUNCTION bench.made(body text, c bench.copy) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT replace(replace(replace(replace(replace(replace(body, '#~id~#', c.hex), '#~ref~#', c.ref),
           '#~y0~#', c.y::text), '#~y-1~#', (c.y - 1)::text), '#~y1~#', (c.y + 1)::text), '#~called~#', c.called)::jsonb
$$;
CREATE FUNCTION bench.made_person(body text, c bench.copy) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT bench.made(replace(replace(replace(replace(replace(body, '#~surname~#', c.surname), '#~born~#', c.born),
           '#~nhs~#', c.nhs), '#~postcode~#', c.postcode), '#~phone~#', c.phone), c)
$$;

-- Indexes that hold no constraint: dropped while rows are added, and made again from here.
CREATE TABLE bench.kept_index AS
    SELECT c.relname AS name, pg_get_indexdef(c.oid) AS made_by
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid::regclass::text IN ('person', 'referral', 'clock', 'task', 'notice', 'page', 'episode', 'contact',
              'handover', 'match_choice', 'list_key', 'event', 'audit')
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid);
COMMIT;
