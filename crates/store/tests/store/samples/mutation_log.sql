insert into mutation_log (account_id, mutation_id, outcome, customers, person_id, received_at, rev)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000f4',
    '{"mutation": "00000000-0000-0000-0000-0000000000f4", "status": "applied", "problems": []}', '{}', '00000000-0000-0000-0000-0000000000f1', '2026-01-02 03:04:05+00', 0);
