-- A printed document with somebody's data leaves a row in the log of exports. A row about one document is a print of it.

alter table export_events add column entity text not null default '' constraint export_events_entity_check check (length(entity) <= 40);
alter table export_events add column entity_id uuid;
alter table export_events add constraint export_events_prints_name_a_document check ((entity = '') = (entity_id is null));
comment on table export_events is 'What left the workshop: exports in one piece (this download too, from the next one on), and printed documents.';
