-- All affected clusters are written; from here on only those that have another original now.
DELETE FROM clustered;
