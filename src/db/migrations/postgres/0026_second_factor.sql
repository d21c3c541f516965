-- The second step of signing in: an app's codes, recovery codes, and who owes a code after the password.

ALTER TABLE organizations ADD COLUMN second_factor_roles TEXT NOT NULL DEFAULT ''; -- code words of roles, a space between

CREATE TABLE second_factors (
    staff_id UUID PRIMARY KEY NOT NULL REFERENCES staff (id),
    sealed BYTEA NOT NULL, -- the secret, sealed with a key outside the database
    begun_at TIMESTAMPTZ NOT NULL,
    confirmed_at TIMESTAMPTZ,
    last_step BIGINT NOT NULL -- the time step of the last code that was used: none is good twice
);

CREATE TABLE recovery_codes (
    code_hash BYTEA PRIMARY KEY NOT NULL,
    staff_id UUID NOT NULL REFERENCES staff (id),
    used_at TIMESTAMPTZ
);
CREATE INDEX recovery_codes_by_staff ON recovery_codes (staff_id);

CREATE TABLE sign_in_steps (
    token_hash BYTEA PRIMARY KEY NOT NULL,
    staff_id UUID NOT NULL REFERENCES staff (id),
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sign_in_steps_by_staff ON sign_in_steps (staff_id);
