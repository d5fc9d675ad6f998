-- An opening keeps the whole effect (whose units, which member names a child's unit, what is added to each),
-- in place of the list of items only.
ALTER TABLE opening ADD COLUMN effect text;
UPDATE opening SET effect = CASE
  WHEN items IS NULL THEN json_build_object('type', 'open', 'kind', kind, 'items', 'units')::text
  ELSE json_build_object('type', 'open', 'kind', kind, 'items', items::json)::text
END;
ALTER TABLE opening ALTER COLUMN effect SET NOT NULL, DROP COLUMN items;
