-- The language of what customers read: letters and documents. A customer may have their own; a posted document keeps the one it was posted in.
alter table organization_settings add column language text not null default 'en' check (language ~ '^[a-z]{2}$');
alter table customers add column language text not null default '' check (language ~ '^([a-z]{2})?$');
