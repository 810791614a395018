insert into customer (account_id, customer_id, reference, first_name, last_name, cell_phone, other_phones, birth_date, attributes,
    created_at, updated_at, last_activity_at, created_by, created_rev, rev)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000c1', 'A-0007', 'Émilie', 'Côté', '+14185550101', '{+14185550102}', '1980-02-29',
    '{"00000000-0000-0000-0000-0000000000d1": "Civic"}', '2026-01-02 03:04:05+00', '2026-01-02 03:04:05+00', '2026-01-02 03:04:05+00', '00000000-0000-0000-0000-0000000000f1', 0, 0);
insert into customer_tombstone (account_id, customer_id, rev) values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000c2', 0);
