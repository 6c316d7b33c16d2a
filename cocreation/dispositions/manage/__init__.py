"""The desks: screening and referral, an institution's bundle, batches of fates, appeals."""
