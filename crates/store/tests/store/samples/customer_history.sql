insert into customer_history (account_id, customer_id, slot, from_value, to_value, person_id, source, at, rev)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000c1', 'first_name', '{"text": "Emilie"}', '{"text": "Émilie"}', '00000000-0000-0000-0000-0000000000f1', 'staff', '2026-01-02 03:04:05+00', 0);
