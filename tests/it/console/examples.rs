//! The console stands outside every workshop: `platform` in this folder plays its forms.
kit::examples! {}
