-- Frozen once released: a change is a new file.
-- Keys of everything that belongs to a campaign begin with campaign_id, so that the tables can be
-- distributed by it. Instants are timestamptz with millisecond values; texts that are hashed are text,
-- not jsonb, because jsonb would not keep their bytes.

CREATE TABLE definition (
  name        text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9-]*@[1-9][0-9]*$'),
  fingerprint text NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
  document    jsonb NOT NULL,
  used_at     timestamptz NOT NULL
);

CREATE TABLE unit (
  id        text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  parent_id text REFERENCES unit DEFERRABLE INITIALLY DEFERRED CHECK (parent_id <> id),
  title_zh  text NOT NULL CHECK (title_zh <> ''),
  title_en  text NOT NULL CHECK (title_en <> '')
);
CREATE INDEX unit_by_parent ON unit (parent_id);

CREATE TABLE person (
  id      text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._@|:-]{0,127}$'),
  name    text NOT NULL CHECK (name <> ''),
  unit_id text NOT NULL REFERENCES unit,
  roles   text[] NOT NULL DEFAULT '{}' CHECK (roles <@ '{administrator,organiser,auditor}')
);
CREATE INDEX person_by_unit ON person (unit_id);

CREATE TABLE campaign (
  campaign_id uuid PRIMARY KEY,
  definition  text NOT NULL REFERENCES definition,
  title       text NOT NULL,
  starts_on   date NOT NULL,
  organiser   text NOT NULL REFERENCES unit,
  organiser_path text[] NOT NULL,
  created_at  timestamptz NOT NULL
);
CREATE INDEX campaign_newest ON campaign (created_at DESC, campaign_id DESC);

-- What was settled at creation, once for each version of the definition that the campaign runs on, or ran on;
-- `campaign.definition` is the present one. Equal to what the root's first transition records, or computed from
-- that and the definition, so that `verify` can tell whether it was changed.
CREATE TABLE campaign_facts (
  campaign_id uuid NOT NULL REFERENCES campaign,
  definition  text NOT NULL REFERENCES definition,
  facts       text NOT NULL,
  PRIMARY KEY (campaign_id, definition)
);

CREATE TABLE campaign_unit (
  campaign_id uuid NOT NULL REFERENCES campaign,
  unit_id     text NOT NULL REFERENCES unit,
  path        text[] NOT NULL,
  PRIMARY KEY (campaign_id, unit_id)
);
CREATE INDEX campaign_unit_path ON campaign_unit USING gin (path);

CREATE TABLE instance (
  campaign_id uuid NOT NULL REFERENCES campaign,
  id          uuid NOT NULL,
  kind        text NOT NULL,
  key         text NOT NULL,
  parent_id   uuid,
  depth       smallint NOT NULL CHECK (depth >= 0),
  unit_id     text,
  unit_path   text[] NOT NULL,
  version     integer NOT NULL CHECK (version > 0),
  at          timestamptz NOT NULL,
  head        text NOT NULL CHECK (head ~ '^[0-9a-f]{64}$'),
  status      text NOT NULL CHECK (status IN ('active', 'suspended', 'done', 'closed', 'cancelled')),
  state       text NOT NULL,
  -- The rest is derived from the state, to search by.
  state_value text NOT NULL,
  accepts     text[] NOT NULL,
  tags        text[] NOT NULL,
  due         timestamptz,
  -- The number of the last of its parent's broadcasts that it took.
  cursor      bigint NOT NULL,
  -- Deadlines on which the definition failed; they wait for a repaired definition, not for ever in a loop.
  failed      text[] NOT NULL DEFAULT '{}',
  -- The version that it runs on: children follow their campaign when they hear of a migration.
  definition  text NOT NULL,
  PRIMARY KEY (campaign_id, id),
  FOREIGN KEY (campaign_id, definition) REFERENCES campaign_facts (campaign_id, definition),
  UNIQUE (campaign_id, parent_id, kind, key),
  FOREIGN KEY (campaign_id, parent_id) REFERENCES instance (campaign_id, id),
  CHECK ((parent_id IS NULL) = (depth = 0)),
  CHECK ((parent_id IS NULL) = (id = campaign_id))
) WITH (fillfactor = 80);
CREATE INDEX instance_board ON instance (campaign_id, kind, id);

-- The history. This role may add to it and read it, nothing else (the REVOKE below).
CREATE TABLE transition (
  campaign_id uuid NOT NULL,
  instance_id uuid NOT NULL,
  version     integer NOT NULL CHECK (version > 0),
  at          timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  record      text NOT NULL,
  hash        text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  -- Order of writing: a cause always comes before what it caused, also within one instant.
  seq         bigint GENERATED ALWAYS AS IDENTITY,
  previous    integer GENERATED ALWAYS AS (nullif(version - 1, 0)) STORED,
  PRIMARY KEY (campaign_id, instance_id, version),
  FOREIGN KEY (campaign_id, instance_id) REFERENCES instance (campaign_id, id) DEFERRABLE INITIALLY DEFERRED,
  -- No gap can be made, and nothing in the middle can go.
  FOREIGN KEY (campaign_id, instance_id, previous) REFERENCES transition (campaign_id, instance_id, version)
);
CREATE INDEX transition_by_time ON transition (campaign_id, at, seq);

CREATE TABLE deadline (
  campaign_id uuid NOT NULL,
  instance_id uuid NOT NULL,
  timer       text NOT NULL,
  date_name   text NOT NULL,
  reminder    text,
  due         timestamptz NOT NULL,
  depth       smallint NOT NULL,
  PRIMARY KEY (campaign_id, instance_id, timer),
  FOREIGN KEY (campaign_id, instance_id) REFERENCES instance (campaign_id, id)
);
CREATE INDEX deadline_next ON deadline (due);
CREATE INDEX deadline_order ON deadline (campaign_id, due, depth DESC, instance_id);

CREATE TABLE message (
  campaign_id  uuid NOT NULL,
  to_id        uuid NOT NULL,
  from_id      uuid NOT NULL,
  from_version integer NOT NULL,
  n            smallint NOT NULL,
  from_hash    text NOT NULL,
  at           timestamptz NOT NULL,
  depth        smallint NOT NULL,
  name         text NOT NULL,
  payload      text NOT NULL,
  PRIMARY KEY (campaign_id, to_id, from_id, from_version, n),
  FOREIGN KEY (campaign_id, to_id) REFERENCES instance (campaign_id, id)
);
CREATE INDEX message_order ON message (campaign_id, at, depth DESC, to_id);

-- What a parent tells all its children: one row, however many they are; each child has a `cursor`.
CREATE TABLE broadcast (
  campaign_id  uuid NOT NULL,
  from_id      uuid NOT NULL,
  number       bigint NOT NULL,
  from_version integer NOT NULL,
  from_hash    text NOT NULL,
  at           timestamptz NOT NULL,
  kind         text,
  type         text NOT NULL CHECK (type IN ('message', 'act')),
  name         text NOT NULL,
  payload      text NOT NULL,
  finished     boolean NOT NULL DEFAULT false,
  PRIMARY KEY (campaign_id, from_id, number),
  FOREIGN KEY (campaign_id, from_id) REFERENCES instance (campaign_id, id)
);
CREATE INDEX broadcast_waiting ON broadcast (campaign_id, at, number) WHERE NOT finished;

-- Children still to be opened, a chunk at a time; `next` is how far it has come. `effect` is what the step asked
-- for, `inherited` what children take over from their parent at that moment.
CREATE TABLE spawn (
  campaign_id  uuid NOT NULL,
  from_id      uuid NOT NULL,
  number       bigint NOT NULL,
  from_version integer NOT NULL,
  from_hash    text NOT NULL,
  at           timestamptz NOT NULL,
  effect       text NOT NULL,
  inherited    text NOT NULL,
  total        integer NOT NULL,
  next         integer NOT NULL DEFAULT 0,
  finished     boolean NOT NULL GENERATED ALWAYS AS (next = total) STORED,
  PRIMARY KEY (campaign_id, from_id, number),
  FOREIGN KEY (campaign_id, from_id) REFERENCES instance (campaign_id, id),
  CHECK (next BETWEEN 0 AND total)
);
CREATE INDEX spawn_waiting ON spawn (campaign_id, at, number) WHERE NOT finished;

-- How many children of a kind carry a tag; tag '*' counts all that were or will be opened.
CREATE TABLE tally (
  campaign_id uuid NOT NULL,
  parent_id   uuid NOT NULL,
  kind        text NOT NULL,
  tag         text NOT NULL,
  n           integer NOT NULL CHECK (n >= 0),
  PRIMARY KEY (campaign_id, parent_id, kind, tag)
) WITH (fillfactor = 50);

-- Counts that a parent's present state waits for; `delivered` when the message that it is reached was sent.
CREATE TABLE watch (
  campaign_id  uuid NOT NULL,
  parent_id    uuid NOT NULL,
  event        text NOT NULL,
  delivered    boolean NOT NULL DEFAULT false,
  PRIMARY KEY (campaign_id, parent_id, event)
);

CREATE TABLE assignment (
  campaign_id uuid NOT NULL REFERENCES campaign,
  id          uuid NOT NULL,
  role        text NOT NULL,
  person_id   text NOT NULL REFERENCES person,
  unit_id     text REFERENCES unit,
  from_at     timestamptz,
  until_at    timestamptz,
  granted     text NOT NULL,
  revoked_at  timestamptz,
  PRIMARY KEY (campaign_id, id),
  CHECK (until_at > from_at)
);
CREATE INDEX assignment_by_person ON assignment (person_id, campaign_id) WHERE revoked_at IS NULL;

CREATE TABLE refusal (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  campaign_id uuid,
  instance_id uuid,
  at          timestamptz NOT NULL,
  person_id   text,
  event       text NOT NULL,
  code        text NOT NULL,
  rule        text,
  detail      jsonb
);
CREATE INDEX refusal_by_campaign ON refusal (campaign_id, id);

CREATE TABLE notice (
  campaign_id uuid NOT NULL REFERENCES campaign,
  instance_id uuid NOT NULL,
  version     integer NOT NULL,
  n           smallint NOT NULL,
  at          timestamptz NOT NULL,
  roles       text[] NOT NULL,
  unit_path   text[] NOT NULL,
  text_zh     text NOT NULL,
  text_en     text NOT NULL,
  PRIMARY KEY (campaign_id, instance_id, version, n)
);
CREATE INDEX notice_newest ON notice (campaign_id, at DESC);

CREATE TABLE idempotency (
  person_id  text NOT NULL,
  key        text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  request    text NOT NULL,
  answer     text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (person_id, key)
);

-- Kept by demo mode only: its clock and its signing key.
CREATE TABLE demo (
  name  text PRIMARY KEY,
  value jsonb NOT NULL
);

-- Law 5: the server's role, though it owns the tables, can add to the history and not change it.
-- (A superuser can; `verify` names the row.)
REVOKE UPDATE, DELETE, TRUNCATE ON transition FROM CURRENT_USER;
REVOKE UPDATE, DELETE, TRUNCATE ON refusal FROM CURRENT_USER;
-- The check of the foreign key above locks the transition before, and PostgreSQL wants the right to update
-- some column for that. This one is generated: updating it can only compute the same value again.
GRANT UPDATE (previous) ON transition TO CURRENT_USER;
