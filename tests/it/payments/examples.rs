//! The list of payments; what takes or gives back money is a form of an invoice.
kit::examples! {}
