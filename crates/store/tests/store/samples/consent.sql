insert into consent_event (account_id, seq, channel, contact_key, kind, source, person_id, screen, occurred_at, arrived_at, changed, hash, rev)
values ('00000000-0000-0000-0000-00000000000a', 1000, 'sms', 'hmac-sha256:0000000000000000000000000000000000000000000000000000000000000001', 'opt_out', 'staff',
    '00000000-0000-0000-0000-0000000000f1', 'profile', '2026-01-02 03:04:05+00', '2026-01-02 03:04:05+00', true, sha256('x'), 0);
insert into consent_state (account_id, channel, contact_key, status, since_seq, since, last_opt_out_rev, rev)
values ('00000000-0000-0000-0000-00000000000a', 'sms', 'hmac-sha256:0000000000000000000000000000000000000000000000000000000000000001', 'unsubscribed', 1000, '2026-01-02 03:04:05+00', 1, 0);
insert into consent_head (account_id, seq, hash) values ('00000000-0000-0000-0000-00000000000a', 1000, sha256('x')) on conflict do nothing;
