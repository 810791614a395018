insert into provider (account_id, account_sid, auth_token, sender, per_second, person_id, set_at)
values ('00000000-0000-0000-0000-00000000000a', 'AC0000000000000000000000000000000f', '\x00', '+14185550100', 1, '00000000-0000-0000-0000-0000000000f1', '2026-01-02 03:04:05+00');
insert into send_rate (account_id, full_at) values ('00000000-0000-0000-0000-00000000000a', '2026-01-02 03:04:05+00');
