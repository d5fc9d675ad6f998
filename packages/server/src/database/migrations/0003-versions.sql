-- Campaigns may be migrated to a newer version of their definition. What was settled at creation is kept once
-- for each version that a campaign runs on, or ran on; `campaign.definition` is the present one.
CREATE TABLE campaign_facts (
  campaign_id uuid NOT NULL REFERENCES campaign,
  definition  text NOT NULL REFERENCES definition,
  -- Computed from those before and the definition, so that `verify` can tell whether they were changed.
  facts       text NOT NULL,
  PRIMARY KEY (campaign_id, definition)
);
INSERT INTO campaign_facts (campaign_id, definition, facts)
  SELECT campaign_id, definition, facts FROM campaign;
ALTER TABLE campaign DROP COLUMN facts;

-- Which version an instance runs on: children follow their campaign when they hear of the migration.
ALTER TABLE instance ADD COLUMN definition text;
UPDATE instance i SET definition = c.definition FROM campaign c WHERE c.campaign_id = i.campaign_id;
ALTER TABLE instance
  ALTER COLUMN definition SET NOT NULL,
  ADD FOREIGN KEY (campaign_id, definition) REFERENCES campaign_facts (campaign_id, definition);
