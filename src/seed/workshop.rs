//! One workshop while it is being told: who works there, and what has been written so far.
use super::dice::Dice;
use super::rows::{
    Announcement, AnnouncementAddress, AnnouncementReceipt, Asset, AuditEvent, Branch, Customer, Driver,
    Member, MemberBranch, Rows, Series, TaxRate, User,
};
use crate::kernel::{Locale, text};
use crate::server::contact;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a workshop is called and how it reckons.
#[derive(Debug, Clone)]
pub(super) struct Organization {
    pub id: Uuid,
    pub name: String,
    pub slug: String,
    pub currency: &'static str,
    pub country: &'static str,
    pub asset_word: &'static str,
    pub tax_name: &'static str,
    pub tax_basis_points: i32,
    pub payment_terms_days: i32,
    pub created_at: DateTime<Utc>,
}

/// A branch to open.
#[derive(Debug, Clone, Copy)]
pub(super) struct BranchPlan {
    pub name: &'static str,
    pub code: &'static str,
    pub address: &'static str,
    pub phone: &'static str,
    pub email: &'static str,
    pub tax_id: &'static str,
    pub time_zone: Tz,
    pub fiscal_year_start: u32,
}

/// A member to take on; `branches` are positions, none of them for an owner means all.
#[derive(Debug, Clone)]
pub(super) struct MemberPlan {
    pub name: String,
    pub email: String,
    pub role: &'static str,
    pub branches: Vec<usize>,
}

/// A customer to enter.
#[derive(Debug, Clone, Default)]
pub(super) struct CustomerPlan {
    pub company: bool,
    pub name: String,
    pub contact: String,
    pub tax_id: String,
    pub phone: String,
    pub email: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub notes: String,
    pub branch: usize,
}

/// A vehicle or device to enter.
#[derive(Debug, Clone, Default)]
pub(super) struct AssetPlan {
    pub customer: usize,
    pub plate: String,
    pub vin: String,
    pub serial: String,
    pub make: String,
    pub model: String,
    pub year: i32,
    pub color: String,
    pub engine: String,
    pub unit_number: String,
    pub odometer: Option<i32>,
}

/// The workshop so far.
#[derive(Debug)]
pub(super) struct Workshop {
    pub dice: Dice,
    pub now: DateTime<Utc>,
    pub org: Organization,
    pub zones: Vec<Tz>,
    pub users: Vec<User>,
    pub rows: Rows,
    /// Documents that wait for their number: when, which, at which branch.
    pub(super) pending: Vec<(DateTime<Utc>, usize, usize)>,
    numbers: BTreeMap<(usize, &'static str, i32), i64>,
}

impl Workshop {
    pub(super) fn open(
        now: DateTime<Utc>,
        mut dice: Dice,
        mut org: Organization,
        branches: &[BranchPlan],
    ) -> Self {
        org.id = dice.id(org.created_at);
        let mut shop = Self {
            dice,
            now,
            org,
            zones: branches.iter().map(|branch| branch.time_zone).collect(),
            users: Vec::new(),
            rows: Rows::default(),
            pending: Vec::new(),
            numbers: BTreeMap::new(),
        };
        for plan in branches {
            shop.open_branch(plan);
        }
        let taxes = [
            (shop.org.tax_name, shop.org.tax_basis_points, true),
            ("Untaxed", 0, false),
        ];
        for (position, (name, basis_points, is_default)) in (0..).zip(taxes) {
            let id = shop.dice.id(shop.org.created_at);
            shop.rows.tax_rates.push(TaxRate {
                id,
                name: name.to_owned(),
                basis_points,
                is_default,
                position,
            });
        }
        shop
    }

    fn open_branch(&mut self, plan: &BranchPlan) {
        let id = self.dice.id(self.org.created_at);
        self.rows.branches.push(Branch {
            id,
            name: plan.name.to_owned(),
            code: plan.code.to_owned(),
            address: plan.address.to_owned(),
            phone: plan.phone.to_owned(),
            email: plan.email.to_owned(),
            tax_id: plan.tax_id.to_owned(),
            time_zone: plan.time_zone.name().to_owned(),
            fiscal_year_start: plan.fiscal_year_start,
            created_at: self.org.created_at,
        });
    }

    pub(super) fn take_on(&mut self, plan: &MemberPlan) {
        let at = self.org.created_at;
        let (id, user_id) = (self.dice.id(at), self.dice.id(at));
        self.rows.members.push(Member {
            id,
            user_id,
            name: plan.name.clone(),
            email: plan.email.clone(),
            role: plan.role,
            all_branches: plan.role == "owner",
            created_at: at,
        });
        for branch in &plan.branches {
            let branch_id = self.rows.branches[*branch].id;
            self.rows.member_branches.push(MemberBranch {
                member_id: id,
                branch_id,
                role: None,
            });
        }
        self.users.push(User {
            id: user_id,
            email: plan.email.clone(),
            name: plan.name.clone(),
            member: id,
        });
    }

    /// Gives the member who came last another role in one branch.
    pub(super) fn differ(&mut self, branch: usize, role: &'static str) {
        let branch_id = self.rows.branches[branch].id;
        let member = self.rows.members.last().map(|member| member.id);
        let mut places = self.rows.member_branches.iter_mut();
        let place = places.find(|row| Some(row.member_id) == member && row.branch_id == branch_id);
        if let Some(place) = place {
            place.role = Some(role);
        }
    }

    /// A company's driver, who brought what is in the house now.
    pub(super) fn enter_driver(&mut self, customer: usize, name: &'static str, phone: &'static str) {
        let (customer_id, at) = {
            let company = &self.rows.customers[customer];
            (company.id, company.created_at + TimeDelta::minutes(4))
        };
        let (id, actor) = (self.dice.id(at), self.someone("receptionist"));
        let locale = Locale::of(self.org.country);
        let summary = format!("Added driver {name} to {}", self.rows.customers[customer].name);
        self.audit(
            at,
            actor,
            ("driver.added", "driver", id),
            None,
            Some(customer_id),
            summary,
        );
        self.rows.drivers.push(Driver {
            id,
            customer_id,
            name,
            phone,
            phone_norm: contact::phone_norm(phone, locale),
            created_at: at,
            updated_at: at,
        });
        let mut orders = self.rows.orders.iter_mut();
        let open = orders.find(|order| {
            order.customer_id == customer_id && order.closed_at.is_none() && order.driver_id.is_none()
        });
        if let Some(order) = open {
            order.driver_id = Some(id);
        }
    }

    pub(super) fn enter_customer(&mut self, plan: CustomerPlan, at: DateTime<Utc>) {
        let (id, home_branch_id) = (self.dice.id(at), self.rows.branches[plan.branch].id);
        let actor = self.someone("receptionist");
        self.audit(
            at,
            actor,
            ("customer.created", "customer", id),
            None,
            Some(id),
            format!("Created customer {}", plan.name),
        );
        self.rows.customers.push(Customer {
            id,
            kind: if plan.company { "company" } else { "person" },
            phone_norm: contact::phone_norm(&plan.phone, Locale::of(self.org.country)),
            name: plan.name,
            contact_name: plan.contact,
            tax_id: plan.tax_id,
            phone: plan.phone,
            email: plan.email,
            street: plan.street,
            postal_code: plan.postal_code,
            city: plan.city,
            notes: plan.notes,
            home_branch_id,
            created_at: at,
            updated_at: at,
        });
    }

    pub(super) fn enter_asset(&mut self, plan: AssetPlan) {
        let owner = &self.rows.customers[plan.customer];
        let (customer_id, at) = (owner.id, owner.created_at + TimeDelta::minutes(2));
        let id = self.dice.id(at);
        let word = self.org.asset_word;
        let actor = self.someone("receptionist");
        let summary = format!("Created {word} {} {}", plan.make, plan.model);
        self.audit(
            at,
            actor,
            ("asset.created", "asset", id),
            None,
            Some(customer_id),
            summary,
        );
        self.rows.assets.push(Asset {
            id,
            customer_id,
            kind: word,
            plate_norm: text::plate_norm(&plan.plate),
            plate: plan.plate,
            vin: plan.vin,
            serial: plan.serial,
            make: plan.make,
            model: plan.model,
            model_year: plan.year,
            color: plan.color,
            engine: plan.engine,
            unit_number: plan.unit_number,
            odometer: plan.odometer,
            odometer_at: plan.odometer.map(|_| at),
            created_at: at,
            updated_at: at,
        });
    }

    /// The first owner tells something to these roles, none means everybody; the readers read it one after the other.
    pub(super) fn announce(
        &mut self,
        (title, body): (&'static str, &'static str),
        roles: &[&'static str],
        at: DateTime<Utc>,
        readers: &[usize],
    ) {
        let (id, owner) = (self.dice.id(at), self.someone("owner"));
        let until_on = self.local_day(0, self.now) + Days::new(14);
        self.rows.announcements.push(Announcement {
            id,
            title,
            body,
            until_on,
            roles: roles.to_vec(),
            member_id: self.rows.members[owner].id,
            at,
        });
        let every = [None];
        let named: Vec<Option<&'static str>> = roles.iter().copied().map(Some).collect();
        for of_role in if named.is_empty() { &every[..] } else { &named } {
            self.rows.announcement_addresses.push(AnnouncementAddress {
                announcement_id: id,
                of_role: *of_role,
                at,
                until_on,
            });
        }
        let published = ("announcement.published", "announcement", id);
        self.audit(at, owner, published, None, None, format!("Announced “{title}”"));
        for (turn, reader) in (1..).zip(readers) {
            let read_at = (at + TimeDelta::minutes(turn * 25)).min(self.now);
            self.rows.announcement_receipts.push(AnnouncementReceipt {
                announcement_id: id,
                member_id: self.rows.members[*reader].id,
                at: read_at,
            });
            let read = ("announcement.read", "announcement", id);
            let summary = format!("Read the announcement “{title}”");
            self.audit(read_at, *reader, read, None, None, summary);
        }
    }

    /// The first member of a role.
    pub(super) fn someone(&self, role: &str) -> usize {
        self.rows
            .members
            .iter()
            .position(|member| member.role == role)
            .unwrap_or(0)
    }

    /// The next number of a series; call in the order of the documents.
    pub(super) fn next_number(&mut self, branch: usize, series: &'static str, year: i32) -> i64 {
        let last = self.numbers.entry((branch, series, year)).or_default();
        *last += 1;
        *last
    }

    /// Keeps the last numbers, so that the workshop goes on where the story ended.
    pub(super) fn keep_numbers(&mut self) {
        for ((branch, series, fiscal_year), last_number) in std::mem::take(&mut self.numbers) {
            self.rows.series.push(Series {
                branch_id: self.rows.branches[branch].id,
                series,
                fiscal_year,
                last_number,
            });
        }
    }

    /// The calendar day of a moment at a branch.
    pub(super) fn local_day(&self, branch: usize, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zones[branch]).date_naive()
    }

    pub(super) fn audit(
        &mut self,
        at: DateTime<Utc>,
        member: usize,
        (action, entity, entity_id): (&'static str, &'static str, Uuid),
        work_order_id: Option<Uuid>,
        customer_id: Option<Uuid>,
        summary: String,
    ) {
        let id = self.dice.id(at);
        let (member_id, member_name) = (
            self.rows.members[member].id,
            self.rows.members[member].name.clone(),
        );
        self.rows.audit.push(AuditEvent {
            id,
            at,
            member_id,
            member_name,
            action,
            entity,
            entity_id,
            work_order_id,
            customer_id,
            summary,
        });
    }
}
