insert into person (person_id, email, name, password_hash, created_at) values ('00000000-0000-0000-0000-0000000000f1', 'owner@example.com', 'Dominique', 'x', '2026-01-02 03:04:05+00');
insert into session (token_hash, session_id, person_id, shown_account_id, browser, created_at, last_seen_at, expires_at)
values ('\x01', '00000000-0000-0000-0000-0000000000f2', '00000000-0000-0000-0000-0000000000f1', '00000000-0000-0000-0000-00000000000a', 'Firefox', '2026-01-02 03:04:05+00', '2026-01-02 03:04:05+00', '2026-01-02 03:04:05+00');
insert into setup_token (token_hash, expires_at) values ('\x02', '2026-01-02 03:04:05+00');
insert into sign_in_attempt (scope, key_hash, window_started_at, failures) values ('email', '\x03', '2026-01-02 03:04:05+00', 2);
