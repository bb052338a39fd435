CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE evidence (
	sha256 TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	dictionary TEXT, 
	packed BLOB NOT NULL, packed_sha256 TEXT, 
	PRIMARY KEY (sha256)
);
CREATE TABLE ledger (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	facts TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (source, seq)
);
CREATE TABLE letters (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	address_id INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	title TEXT NOT NULL, 
	number TEXT, 
	session TEXT, 
	subject TEXT, 
	listed_on DATE, 
	first_seen DATETIME NOT NULL, 
	last_seen DATETIME NOT NULL, 
	listed_at DATETIME, 
	unlisted_at DATETIME, 
	unlisted_last_at DATETIME, 
	unlisted_crawls INTEGER NOT NULL, 
	gone_at DATETIME, 
	gone_last_at DATETIME, 
	gone_crawls INTEGER NOT NULL, 
	pending TEXT, 
	pending_at DATETIME, 
	pending_crawls INTEGER NOT NULL, served_at DATETIME, page_digest TEXT, addressees JSON DEFAULT '[]' NOT NULL, edits INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX letters_by_identity ON letters (number, session, subject);
CREATE TABLE addresses (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	url TEXT NOT NULL, 
	letter_id INTEGER, 
	first_listed_at DATETIME, 
	listed_title TEXT, 
	listed_on DATE, 
	etag TEXT, 
	last_modified TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(letter_id) REFERENCES letters (id), 
	UNIQUE (source, "key")
);
CREATE INDEX addresses_by_letter ON addresses (letter_id);
CREATE TABLE crawls (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	mode TEXT NOT NULL, 
	started_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	outcome TEXT, 
	directory_at DATETIME, 
	listing TEXT, 
	counts JSON NOT NULL, 
	errors JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(listing) REFERENCES evidence (sha256)
);
CREATE TABLE files (
	url TEXT NOT NULL, 
	etag TEXT, 
	last_modified TEXT, 
	sha256 TEXT NOT NULL, content TEXT, 
	PRIMARY KEY (url), 
	FOREIGN KEY(sha256) REFERENCES evidence (sha256)
);
CREATE TABLE snapshots (
	id INTEGER NOT NULL, 
	address_id INTEGER NOT NULL, 
	crawl_id INTEGER NOT NULL, 
	url TEXT NOT NULL, 
	final_url TEXT NOT NULL, 
	status INTEGER NOT NULL, 
	headers JSON NOT NULL, 
	fetched_at DATETIME NOT NULL, 
	sha256 TEXT NOT NULL, asked_at DATETIME, first_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(address_id) REFERENCES addresses (id), 
	FOREIGN KEY(crawl_id) REFERENCES crawls (id), 
	FOREIGN KEY(sha256) REFERENCES evidence (sha256)
);
CREATE TABLE visits (
	id INTEGER NOT NULL, 
	address_id INTEGER NOT NULL, 
	outcome TEXT NOT NULL, 
	reason TEXT, 
	first_at DATETIME NOT NULL, 
	last_at DATETIME NOT NULL, 
	looks INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(address_id) REFERENCES addresses (id)
);
CREATE INDEX visits_by_address ON visits (address_id, id);
CREATE TABLE versions (
	id INTEGER NOT NULL, 
	letter_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	cause TEXT NOT NULL, 
	seen_at DATETIME NOT NULL, 
	snapshot_id INTEGER NOT NULL, 
	parser TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	letter BLOB NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(letter_id) REFERENCES letters (id), 
	FOREIGN KEY(snapshot_id) REFERENCES snapshots (id), 
	UNIQUE (letter_id, number)
);
CREATE TABLE alarms (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	crawl_id INTEGER NOT NULL, 
	raised_at DATETIME NOT NULL, 
	sign TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	cleared_at DATETIME, 
	cleared_by TEXT, 
	note TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(crawl_id) REFERENCES crawls (id)
);
CREATE INDEX alarms_by_source ON alarms (source);
CREATE TABLE reviews (
	id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	note TEXT, 
	who TEXT NOT NULL, 
	at DATETIME NOT NULL, tags JSON, 
	PRIMARY KEY (id)
);
CREATE TABLE unread (
	snapshot_id INTEGER NOT NULL, 
	read_at DATETIME, 
	PRIMARY KEY (snapshot_id), 
	FOREIGN KEY(snapshot_id) REFERENCES snapshots (id)
);
CREATE TABLE letter_files (
	letter_id INTEGER NOT NULL, 
	url TEXT NOT NULL, 
	seen_at DATETIME, 
	gone_at DATETIME, 
	gone_crawls INTEGER NOT NULL, 
	is_open BOOLEAN NOT NULL, 
	PRIMARY KEY (letter_id, url), 
	FOREIGN KEY(letter_id) REFERENCES letters (id)
);
CREATE INDEX snapshots_further ON snapshots (first_id) WHERE first_id IS NOT NULL;
CREATE TABLE "changes" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	letter_id INTEGER NOT NULL, 
	crawl_id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	significance TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	held BOOLEAN NOT NULL, 
	from_version INTEGER, 
	to_version INTEGER, 
	detected_at DATETIME NOT NULL, 
	"after" DATETIME, 
	"before" DATETIME NOT NULL, 
	edits JSON NOT NULL, 
	differ TEXT NOT NULL, 
	baseline BOOLEAN DEFAULT 0 NOT NULL, 
	announced_at DATETIME, state TEXT DEFAULT 'open' NOT NULL, review_id INTEGER, 
	FOREIGN KEY(crawl_id) REFERENCES crawls (id), 
	FOREIGN KEY(letter_id) REFERENCES letters (id)
);
CREATE INDEX changes_by_letter ON changes (letter_id);
CREATE INDEX changes_held ON changes (source) WHERE held IS 1;
CREATE INDEX changes_announced ON changes (announced_at, id) WHERE baseline IS 0;
CREATE TABLE imports (
	crawl_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	PRIMARY KEY (crawl_id), 
	FOREIGN KEY(crawl_id) REFERENCES crawls (id)
);
CREATE TABLE file_texts (
	sha256 TEXT NOT NULL, 
	reader TEXT NOT NULL, 
	state TEXT NOT NULL, 
	text TEXT, 
	labels JSON NOT NULL, 
	pictures TEXT, 
	reason TEXT, 
	PRIMARY KEY (sha256), 
	FOREIGN KEY(sha256) REFERENCES evidence (sha256)
);
CREATE TABLE file_letters (
	sha256 TEXT NOT NULL, 
	letter_id INTEGER NOT NULL, 
	PRIMARY KEY (sha256, letter_id), 
	FOREIGN KEY(letter_id) REFERENCES letters (id)
);
CREATE TABLE search_texts (
	letter_id INTEGER NOT NULL, 
	place BIGINT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (letter_id), 
	FOREIGN KEY(letter_id) REFERENCES letters (id), 
	UNIQUE (place)
);
CREATE VIRTUAL TABLE search_index USING fts5 (grams, tokenize = 'ascii', content = '', columnsize = 0, detail = none);
CREATE VIRTUAL TABLE search_index_grams USING fts5vocab(search_index, instance);
CREATE TABLE letter_counts (
	source TEXT NOT NULL, 
	status TEXT NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT letter_counts_pkey PRIMARY KEY (source, status)
);
CREATE TRIGGER letters_count_more AFTER INSERT ON letters BEGIN
  INSERT INTO letter_counts VALUES (NEW.source, NEW.status, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER letters_count_less AFTER DELETE ON letters BEGIN
  UPDATE letter_counts SET count = count - 1 WHERE source = OLD.source AND status = OLD.status;
END;
CREATE TRIGGER letters_count_other AFTER UPDATE OF source, status ON letters
WHEN OLD.source IS NOT NEW.source OR OLD.status IS NOT NEW.status BEGIN
  UPDATE letter_counts SET count = count - 1 WHERE source = OLD.source AND status = OLD.status;
  INSERT INTO letter_counts VALUES (NEW.source, NEW.status, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE INDEX letters_by_listing ON letters (listed_on DESC, id);
CREATE INDEX letters_by_source ON letters (source, listed_on DESC, id);
CREATE INDEX letters_by_status ON letters (status, listed_on DESC, id);
CREATE INDEX letters_by_source_and_status ON letters (source, status, listed_on DESC, id);
CREATE INDEX crawls_by_source ON crawls (source, id);
CREATE INDEX crawls_by_outcome ON crawls (source, outcome, finished_at);
CREATE INDEX crawls_by_time ON crawls (started_at);
CREATE INDEX reviews_by_change ON reviews (change_id, id);
CREATE INDEX news ON changes (detected_at, id, significance) WHERE baseline IS 0;
CREATE INDEX news_by_source ON changes (source, detected_at, id) WHERE baseline IS 0;
CREATE INDEX news_by_kind ON changes (kind, detected_at, id) WHERE baseline IS 0;
CREATE INDEX news_by_weight ON changes (significance, detected_at, id) WHERE baseline IS 0;
CREATE INDEX news_by_source_kind ON changes (source, kind, detected_at, id) WHERE baseline IS 0;
CREATE INDEX news_by_source_weight ON changes (source, significance, detected_at, id) WHERE baseline IS 0;
CREATE INDEX news_by_kind_weight ON changes (kind, significance, detected_at, id) WHERE baseline IS 0;
CREATE INDEX news_by_all ON changes (source, kind, significance, detected_at, id) WHERE baseline IS 0;
CREATE INDEX baseline_changes ON changes (detected_at, id) WHERE baseline IS 1;
CREATE INDEX baseline_changes_by_source ON changes (source, detected_at, id) WHERE baseline IS 1;
CREATE INDEX alarms_open ON alarms (source) WHERE cleared_at IS NULL;
CREATE INDEX crawls_unfinished ON crawls (source) WHERE outcome IS NULL;
CREATE TABLE change_counts (
	source TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	significance TEXT NOT NULL, 
	baseline BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT change_counts_pkey PRIMARY KEY (source, kind, significance, baseline, state)
);
CREATE TRIGGER changes_count_more AFTER INSERT ON changes BEGIN INSERT INTO change_counts VALUES (NEW.source, NEW.kind, NEW.significance, NEW.baseline, NEW.state, 1) ON CONFLICT DO UPDATE SET count = count + 1; END;
CREATE TRIGGER changes_count_less AFTER DELETE ON changes BEGIN UPDATE change_counts SET count = count - 1 WHERE source = OLD.source AND kind = OLD.kind AND significance = OLD.significance AND baseline = OLD.baseline AND state = OLD.state; END;
CREATE TRIGGER changes_count_other AFTER UPDATE OF source, kind, significance, baseline, state ON changes WHEN OLD.source IS NOT NEW.source OR OLD.kind IS NOT NEW.kind OR OLD.significance IS NOT NEW.significance OR OLD.baseline IS NOT NEW.baseline OR OLD.state IS NOT NEW.state BEGIN UPDATE change_counts SET count = count - 1 WHERE source = OLD.source AND kind = OLD.kind AND significance = OLD.significance AND baseline = OLD.baseline AND state = OLD.state; INSERT INTO change_counts VALUES (NEW.source, NEW.kind, NEW.significance, NEW.baseline, NEW.state, 1) ON CONFLICT DO UPDATE SET count = count + 1; END;
CREATE INDEX news_by_state ON changes (state, detected_at, id) WHERE baseline IS 0;
CREATE INDEX news_by_state_weight ON changes (state, significance, detected_at, id) WHERE baseline IS 0;
CREATE TABLE dictionaries (
	copy INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	source TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	trained BOOLEAN NOT NULL, 
	packed BLOB NOT NULL, 
	PRIMARY KEY (copy, name)
);
CREATE INDEX dictionaries_by_source ON dictionaries (source, purpose, number);
CREATE TABLE edit_history (
	source TEXT NOT NULL, 
	age INTEGER NOT NULL, 
	watched INTEGER NOT NULL, 
	edits INTEGER NOT NULL, 
	seconds BIGINT NOT NULL, 
	edited INTEGER NOT NULL, 
	PRIMARY KEY (source, age, watched, edits)
);
CREATE INDEX letters_by_last_visit ON letters (source, status, last_seen, first_seen, listed_on, edits, address_id, id);
CREATE INDEX addresses_never_listed ON addresses (source) WHERE first_listed_at IS NULL;
CREATE INDEX letter_files_open ON letter_files (letter_id) WHERE is_open IS 1;
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	change_id INTEGER, 
	about JSON, 
	written_at DATETIME NOT NULL, 
	message TEXT, 
	sent_at DATETIME, 
	PRIMARY KEY (id), 
	UNIQUE (channel, "key")
);
CREATE INDEX outbox_waiting ON outbox (channel, id) WHERE sent_at IS NULL;
CREATE TABLE alert_channels (
	name TEXT NOT NULL, 
	sent_at DATETIME, 
	failed_since DATETIME, 
	failures INTEGER NOT NULL, 
	reason TEXT, 
	next_at DATETIME, 
	PRIMARY KEY (name)
);
CREATE TABLE alarm_history (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	source TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	host TEXT, 
	reason TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	judged_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	PRIMARY KEY (id)
);
CREATE UNIQUE INDEX alarms_standing ON alarm_history (kind, source, subject) WHERE ended_at IS NULL;
CREATE INDEX alarms_by_source_and_id ON alarm_history (source, id);
CREATE TABLE watch_decisions (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	act TEXT NOT NULL, 
	entry JSON, 
	who TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX watch_decisions_by_source ON watch_decisions (source, id);
CREATE TABLE service_state (
	id INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	read_at DATETIME NOT NULL, 
	digest TEXT, 
	watched JSON NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE housekeeping (
	task TEXT NOT NULL, 
	done_at DATETIME NOT NULL, 
	state JSON NOT NULL, 
	PRIMARY KEY (task)
);
