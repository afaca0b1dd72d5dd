//! The CA bundle.

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::error::Error;
use crate::source::Choice;

/// Reads a PEM file and checks every certificate in it.
///
/// The check is not a courtesy: the HTTP client panics on a certificate that it cannot parse.
pub(crate) fn read(bundle: &Choice) -> Result<Vec<u8>, Error> {
    let unusable = |reason: String| Error::CaBundle {
        bundle: bundle.clone(),
        reason,
    };
    let pem = std::fs::read(&bundle.value).map_err(|error| unusable(error.to_string()))?;
    let mut roots = RootCertStore::empty();
    for (i, certificate) in CertificateDer::pem_slice_iter(&pem).enumerate() {
        let number = i + 1;
        let certificate =
            certificate.map_err(|error| unusable(format!("certificate {number}: {error}")))?;
        roots
            .add(certificate)
            .map_err(|error| unusable(format!("certificate {number}: {error}")))?;
    }
    if roots.is_empty() {
        return Err(unusable("it holds no certificate".to_owned()));
    }
    Ok(pem)
}
