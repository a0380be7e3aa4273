//! The boundary between the Doorcode core and JavaScript: converts, decides nothing.
