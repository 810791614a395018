insert into audit_entry (account_id, audit_id, person_id, at, action, details)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000f1', '2026-01-02 03:04:05+00', 'exported', '{}');
