-- Makes the county as big as `people` says: four of five are closed and spread over six years, the rest are open now.
-- One in five has its whole history (events and audit); with all of it, a million would take 25 GB.
SET client_min_messages = warning;
SET session_replication_role = replica;
SET synchronous_commit = off;
SET maintenance_work_mem = '256MB';
SET work_mem = '64MB';

WITH more AS (
    SELECT greatest(:people - people, 0) AS wanted, open_rounds, closed_rounds,
           (SELECT count(*) FROM bench.request WHERE NOT closed) AS opens,
           (SELECT count(*) FROM bench.request WHERE closed) AS closes
    FROM bench.progress),
rounds AS (
    SELECT false AS closed, open_rounds AS begun, ceil(wanted * 0.2 / opens)::bigint AS more FROM more
    UNION ALL
    SELECT true, closed_rounds, ceil((wanted - ceil(wanted * 0.2 / opens) * opens) / closes)::bigint FROM more),
one AS (
    SELECT q.closed, q.t, k,
           -- Different for everybody, and never a number of the demonstration.
           1000 + k * 400 + q.t + CASE WHEN q.closed THEN 200 ELSE 0 END AS n
    FROM rounds JOIN bench.request q USING (closed)
    CROSS JOIN LATERAL generate_series(begun + 1, begun + more) AS k)
INSERT INTO bench.copy
SELECT n, closed, t, lpad(to_hex(k), 8, '0'), k % 5 = 0,
       extract(year FROM now())::integer - CASE WHEN closed THEN (k % 6)::integer ELSE 0 END,
       bench.reference(n),
       (SELECT name FROM bench.called c WHERE c.n = (hashint8extended(one.n, 1) & 2147483647) % (SELECT count(*) FROM bench.called)),
       (SELECT name FROM bench.surname s WHERE s.n = (hashint8extended(one.n, 2) & 2147483647) % 750),
       (date '1936-01-01' + ((hashint8extended(n, 3) & 2147483647) % 26000)::integer)::text,
       bench.nhs((hashint8extended(n, 4) & 2147483647) % 1000000),
       'AM' || 1 + (hashint8extended(n, 5) & 7) || ' ' || 1 + (hashint8extended(n, 6) & 7)
           || (ARRAY['AB', 'BD', 'DE', 'HJ', 'LN', 'PR', 'SW', 'YZ'])[1 + (hashint8extended(n, 7) & 7)],
       bench.phone(hashint8extended(n, 8) & 2147483647)
FROM one
-- What was sent in an earlier run has references of its own, by chance one of these.
WHERE bench.reference(n) NOT IN (SELECT reference FROM referral);
ANALYZE bench.copy;

SELECT format('DROP INDEX %I', name) FROM bench.kept_index WHERE EXISTS (SELECT FROM bench.copy) \gexec

INSERT INTO person SELECT r.*
FROM bench.copy c JOIN bench.template m ON m.of_table = 'person' AND m.closed = c.closed AND m.t = c.t
CROSS JOIN LATERAL jsonb_populate_record(NULL::person, bench.made_person(m.body, c)) AS r;

SELECT format(
    'INSERT INTO %1$I SELECT r.*
     FROM bench.copy c JOIN bench.template m ON m.of_table = %1$L AND m.closed = c.closed AND m.t = c.t
     CROSS JOIN LATERAL jsonb_populate_record(NULL::%1$I, bench.made(m.body, c)) AS r %2$s',
    name, CASE WHEN name IN ('event', 'audit') THEN 'WHERE c.history' ELSE '' END)
FROM unnest('{referral,clock,task,notice,page,episode,contact,handover,match_choice,list_key,sent_request,status_key,return_key,event,audit,job}'::text[]) AS name
\gexec

UPDATE bench.progress AS p
SET people = (SELECT count(*) FROM person),
    open_rounds = p.open_rounds + (SELECT count(DISTINCT hex) FROM bench.copy WHERE NOT closed),
    closed_rounds = p.closed_rounds + (SELECT count(DISTINCT hex) FROM bench.copy WHERE closed);
SELECT made_by FROM bench.kept_index WHERE to_regclass(name) IS NULL \gexec
TRUNCATE bench.copy;
