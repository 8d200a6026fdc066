//! Documents and money: drafts, postings in the order of their moments, payments, a void with its credit note.
use super::charge::{Bill, Charge};
use super::rows::{Allocation, Invoice, InvoiceLine, InvoiceWorkOrder, InvoicedJob, Payment};
use super::visit::{Visit, words};
use super::workshop::Workshop;
use crate::domain::billing::{Kind, number_text};
use crate::kernel::time::fiscal_year;
use chrono::{DateTime, Days, Utc};
use serde_json::{Value, json};
use std::mem::take;
use uuid::Uuid;

/// A document that waits for its turn to be numbered.
#[derive(Debug)]
struct Posting {
    at: DateTime<Utc>,
    invoice: usize,
    branch: usize,
}

impl Workshop {
    /// Writes a stay's document; numbers come later, in the order of posting.
    pub(super) fn bill(&mut self, visit: &Visit, order: Uuid, label: &str, charge: Charge) {
        let (at, paid, void) = match &visit.bill {
            Bill::None => return,
            Bill::Draft => (None, Vec::new(), None),
            Bill::Posted { at, paid, void } => (Some(*at), paid.clone(), *void),
        };
        if charge.lines.is_empty() {
            return;
        }
        let created = at.unwrap_or(visit.since);
        let invoice = self.add_document(visit, order, label, &charge, created, None);
        let Some(at) = at else { return };
        self.pending.push((at, invoice, visit.branch));
        self.rows.invoices[invoice].posted_at = Some(at);
        if let Some(when) = void.filter(|when| *when <= self.now) {
            let id = self.rows.invoices[invoice].id;
            let credit = self.add_document(visit, order, label, &charge, when, Some(id));
            self.rows.invoices[credit].posted_at = Some(when);
            self.pending.push((when, credit, visit.branch));
        }
        let total = self.rows.invoices[invoice].total_minor;
        self.pay(visit, invoice, total, &paid);
    }

    fn terms(&self) -> Days {
        Days::new(u64::try_from(self.org.payment_terms_days).unwrap_or(0))
    }

    fn add_document(
        &mut self,
        visit: &Visit,
        order: Uuid,
        label: &str,
        charge: &Charge,
        at: DateTime<Utc>,
        corrects: Option<Uuid>,
    ) -> usize {
        let id = self.dice.id(at);
        let asset = &self.rows.assets[visit.asset];
        let covers = json!([{ "order": order, "number": label, "vehicle": asset.serial.is_empty(), "plate": asset.plate, "vin": asset.vin,
            "serial": asset.serial, "make": asset.make, "model": asset.model, "model_year": asset.model_year }]);
        let (net_minor, tax_minor) = charge
            .lines
            .iter()
            .fold((0, 0), |(net, tax), line| (net + line.net, tax + line.tax));
        let customer_id = asset.customer_id;
        self.rows.invoices.push(Invoice {
            id,
            branch_id: self.rows.branches[visit.branch].id,
            kind: if corrects.is_some() {
                "credit_note"
            } else {
                "invoice"
            },
            state: "draft",
            customer_id,
            corrects_id: corrects,
            reason: if corrects.is_some() {
                "Charged to the wrong customer".to_owned()
            } else {
                String::new()
            },
            fiscal_year: None,
            number: None,
            number_text: None,
            issued_on: None,
            due_on: None,
            currency: self.org.currency.to_owned(),
            seller: None,
            buyer: None,
            covers,
            subject: String::new(),
            net_minor,
            tax_minor,
            total_minor: net_minor + tax_minor,
            created_at: at,
            posted_at: None,
            posted_by: None,
        });
        for (position, line) in (1..).zip(&charge.lines) {
            let line_id = self.dice.id(at);
            self.rows.invoice_lines.push(InvoiceLine {
                id: line_id,
                invoice_id: id,
                position,
                job_id: line.job_id,
                job_title: line.job.to_owned(),
                kind: line.item.kind,
                description: line.item.description.to_owned(),
                part_number: line.item.part_number.to_owned(),
                quantity_milli: line.item.quantity_milli,
                unit_price_minor: line.item.price_minor,
                tax_basis_points: self.org.tax_basis_points,
                net_minor: line.net,
                tax_minor: line.tax,
            });
        }
        self.rows.invoice_work_orders.push(InvoiceWorkOrder {
            invoice_id: id,
            work_order_id: order,
        });
        if corrects.is_none() {
            let mut jobs: Vec<Uuid> = charge.lines.iter().map(|line| line.job_id).collect();
            jobs.dedup();
            let billed = jobs.into_iter().map(|job_id| InvoicedJob {
                invoice_id: id,
                job_id,
            });
            self.rows.invoiced_jobs.extend(billed);
        }
        self.rows.invoices.len() - 1
    }

    /// Numbers every waiting document in the order of posting.
    pub(super) fn post_all(&mut self) {
        let mut waiting: Vec<Posting> = take(&mut self.pending)
            .into_iter()
            .map(|(at, invoice, branch)| Posting { at, invoice, branch })
            .collect();
        waiting.sort_by_key(|posting| (posting.at, posting.invoice));
        let bookkeeper = self.someone("accountant");
        for posting in waiting {
            self.post(&posting, bookkeeper);
        }
    }

    fn post(&mut self, posting: &Posting, member: usize) {
        let day = self.local_day(posting.branch, posting.at);
        let branch = self.rows.branches[posting.branch].clone();
        let year = fiscal_year(day, branch.fiscal_year_start);
        let kind = self.rows.invoices[posting.invoice].kind;
        let number = self.next_number(posting.branch, kind, year);
        let series = if kind == "invoice" {
            Kind::Invoice
        } else {
            Kind::CreditNote
        };
        let text = number_text(&branch.code, series, year, number);
        let (seller, due_on, posted_by) = (
            self.seller(posting.branch),
            day + self.terms(),
            self.rows.members[member].id,
        );
        let (id, customer) = (
            self.rows.invoices[posting.invoice].id,
            self.rows.invoices[posting.invoice].customer_id,
        );
        let buyer = self.buyer(customer);
        let invoice = &mut self.rows.invoices[posting.invoice];
        invoice.state = "posted";
        invoice.fiscal_year = Some(year);
        invoice.number = Some(number);
        invoice.number_text = Some(text.clone());
        invoice.issued_on = Some(day);
        invoice.due_on = Some(due_on);
        invoice.seller = Some(seller);
        invoice.buyer = Some(buyer);
        invoice.posted_by = Some(posted_by);
        let order = self.rows.invoice_work_orders[posting.invoice].work_order_id;
        let what = words(kind);
        self.audit(
            posting.at,
            member,
            ("invoice.posted", "invoice", id),
            Some(order),
            Some(customer),
            format!("Posted {what} {text}"),
        );
    }

    fn seller(&self, branch: usize) -> Value {
        let branch = &self.rows.branches[branch];
        json!({ "organization": self.org.name, "branch": branch.name, "address": branch.address,
                "phone": branch.phone, "email": branch.email, "tax_id": branch.tax_id })
    }

    fn buyer(&self, id: Uuid) -> Value {
        self.rows.customers.iter().find(|customer| customer.id == id).map_or(Value::Null, |customer| {
            json!({ "name": customer.name, "contact_name": customer.contact_name, "street": customer.street, "postal_code": customer.postal_code,
                    "city": customer.city, "email": customer.email, "tax_id": customer.tax_id })
        })
    }

    /// Payments of one invoice.
    fn pay(
        &mut self,
        visit: &Visit,
        invoice: usize,
        total: i64,
        paid: &[(DateTime<Utc>, &'static str, i64)],
    ) {
        let (invoice_id, customer_id) = (
            self.rows.invoices[invoice].id,
            self.rows.invoices[invoice].customer_id,
        );
        for (at, method, percent) in paid {
            let amount_minor = total * percent / 100;
            if *at > self.now || amount_minor <= 0 {
                continue;
            }
            let (id, allocation) = (self.dice.id(*at), self.dice.id(*at));
            let member_id = self.rows.members[visit.advisor].id;
            let reference = if *method == "transfer" {
                format!("Statement {}", at.format("%d.%m."))
            } else {
                String::new()
            };
            self.rows.payments.push(Payment {
                id,
                branch_id: self.rows.branches[visit.branch].id,
                customer_id,
                method,
                amount_minor,
                currency: self.org.currency.to_owned(),
                reference,
                received_on: self.local_day(visit.branch, *at),
                member_id,
                at: *at,
            });
            self.rows.allocations.push(Allocation {
                id: allocation,
                payment_id: id,
                invoice_id,
                amount_minor,
                at: *at,
            });
            let order = self.rows.invoice_work_orders[invoice].work_order_id;
            let summary = format!("Recorded a payment by {method}");
            self.audit(
                *at,
                visit.advisor,
                ("payment.recorded", "payment", id),
                Some(order),
                Some(customer_id),
                summary,
            );
        }
    }

    /// Everything is told: numbers, then the trail in its order.
    pub(super) fn finish(&mut self) {
        self.post_all();
        self.keep_numbers();
        self.rows.audit.sort_by_key(|event| event.at);
    }
}
