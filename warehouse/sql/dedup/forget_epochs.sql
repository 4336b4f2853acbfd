-- Epochs of as many texts or more, which begin again.
DELETE FROM core.epoch WHERE size >= $size;
