-- Who moved a work order is a member of its organization, as everywhere else.
alter table work_order_moves add foreign key (org_id, member_id) references members (org_id, id);
