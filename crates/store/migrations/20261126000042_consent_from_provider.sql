-- Opt-outs that are nobody's message here: the provider refused a message because the customer had written STOP to it, and what
-- was said on the phone simulator ends with it.
alter table consent_event drop constraint consent_event_source_check;
alter table consent_event add constraint consent_event_source_check check (
    case source
        when 'staff' then num_nonnulls(person_id, screen) = 2 and num_nonnulls(import_id, line, message_id, from_key) = 0
        when 'import' then num_nonnulls(person_id, import_id, line) = 3 and num_nonnulls(screen, message_id, from_key) = 0
        when 'message' then message_id is not null and num_nonnulls(person_id, screen, import_id, line, from_key) = 0
        when 'carried' then person_id is not null and num_nonnulls(screen, import_id, line, message_id) = 0
        when 'refusal' then message_id is not null and num_nonnulls(person_id, screen, import_id, line, from_key) = 0
        when 'simulation' then num_nonnulls(person_id, screen, import_id, line, message_id, from_key) = 0
        else false
    end
);

-- While a message is being handed over: to whom (`service::Carrier::key`), and when that one is to be asked whether it has it.
alter table message add column handed_to text collate "C";
alter table message add column ask_at timestamptz;
-- Since when it waits for the shop to mend its settings.
alter table message add column stuck_since timestamptz;

-- The queue of each purpose, and what stands before a message in its thread.
create index message_turn_idx on message (account_id, purpose, next_try_at, message_id) where delivery = 'queued';
create index message_unsent_idx on message (account_id, conversation_id, message_id) where delivery in ('queued', 'sending');
