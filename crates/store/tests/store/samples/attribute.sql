insert into attribute (account_id, attribute_id, name, kind, position, updated_at, updated_by, rev)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000d1', 'Véhicule', 'text', 1, '2026-01-02 03:04:05+00', '00000000-0000-0000-0000-0000000000f1', 0);
