-- What a publisher says of itself: one row, in a table of its own schema.
CREATE TABLE $publication (
    publisher      VARCHAR NOT NULL,
    number         INTEGER NOT NULL,
    folder         VARCHAR NOT NULL,
    sources        VARCHAR[] NOT NULL,
    code_version   VARCHAR NOT NULL,
    content_digest VARCHAR NOT NULL,
    left_out       VARCHAR NOT NULL,
    articles       BIGINT NOT NULL,
    published_at   TIMESTAMPTZ
);
COMMENT ON TABLE $publication IS
    '谁发布了本架构的表 / who published the tables of this schema';
COMMENT ON COLUMN $publication.publisher IS
    '发布者名称（fatiao.toml） / name of the publisher, as in fatiao.toml';
COMMENT ON COLUMN $publication.number IS
    '发布者编号；其 fetch_id、run_id、text_no 均加上编号 × 2^40 / its number; times 2^40 added to its fetch_id, run_id, text_no';
COMMENT ON COLUMN $publication.folder IS
    '发布者文件夹的标识 / which folder it is';
COMMENT ON COLUMN $publication.sources IS
    '所属来源 / the sources that are its own';
COMMENT ON COLUMN $publication.code_version IS
    '程序版本 / version of fatiao';
COMMENT ON COLUMN $publication.content_digest IS
    '内容摘要；空：尚未发布 / digest of the content; empty: nothing published yet';
COMMENT ON COLUMN $publication.left_out IS
    '未发布的内容 / what was left out';
COMMENT ON COLUMN $publication.articles IS
    '文章数 / number of articles';
COMMENT ON COLUMN $publication.published_at IS
    '发布时间 / when it was published';
