insert into conversation (account_id, conversation_id, phone, assignee_id, unread, last_at, rev)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e1', '+14185550101', '00000000-0000-0000-0000-0000000000f1', 1, '2026-01-02 03:04:05+00', 0);
insert into message (account_id, message_id, conversation_id, kind, at, text, provider_id, meaning, media, rev)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e2', '00000000-0000-0000-0000-0000000000e1', 'inbound', '2026-01-02 03:04:05+00',
    'Prête pour l''été?', 'SM0000000000000000000000000000000f', '"conversation"', '[]', 0);
insert into message (account_id, message_id, conversation_id, kind, at, text, person_id, origin, purpose, delivery, next_try_at, language, segments, rev)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e3', '00000000-0000-0000-0000-0000000000e1', 'outbound', '2026-01-02 03:04:06+00',
    'Oui, demain.', '00000000-0000-0000-0000-0000000000f1', 'staff', 'service', 'queued', '2026-01-02 03:04:06+00', 'fr', 1, 0);
insert into inbound_seen (account_id, provider_id, at)
values ('00000000-0000-0000-0000-00000000000a', 'SM0000000000000000000000000000000f', '2026-01-02 03:04:05+00');
insert into contact_offered (account_id, contact_key, at)
values ('00000000-0000-0000-0000-00000000000a', 'hmac-sha256:0000000000000000000000000000000000000000000000000000000000000001', '2026-01-02 03:04:05+00');
insert into uncertain_wish (account_id, wish_id, contact_key, reason, heard_at, due_on, rev)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e2', 'hmac-sha256:0000000000000000000000000000000000000000000000000000000000000001',
    'off_the_list', '2026-01-02 03:04:05+00', '2026-01-16', 0);
insert into saved_reply (account_id, saved_reply_id, title, title_key, text, rev)
values ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000e4', 'Prêt', 'pret', 'Bonjour {first_name}', 0);
