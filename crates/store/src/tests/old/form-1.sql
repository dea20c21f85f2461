CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'log','2026-11-21 00:00:00',1,X'3B4CD8AD9B724DCFC4700BAC57079652CDBE4E5BE4892BEC9F8DB4D91282098098DA3ADED28BDE604E17139539D30212',1);
CREATE TABLE casebooks (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    seal TEXT NOT NULL
);
INSERT INTO "casebooks" VALUES('lima',20,'f04fb0dfe50cd2adda23be4cac3d4b61f33966b4db30eed79767b8caee29714f');
CREATE TABLE entries (
    casebook TEXT NOT NULL REFERENCES casebooks (id),
    seq BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    actor TEXT NOT NULL,
    purpose TEXT NOT NULL,
    legal_basis TEXT NOT NULL,
    body TEXT,
    body_seal TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (casebook, seq)
);
INSERT INTO "entries" VALUES('lima',1,1,'amal','drill','none: made data','{"salt":"1","action":"claim","about":{"thing":"house 1","what":"people"},"value":{"kind":"count","least":1,"most":1},"source":"source 1","said":null,"grade":{"reliability":"C","credibility":3},"words":"","basis":[]}','a11996c62e8258ed34c28f8c5be3b328d42ba795828a9c4b18008f1599ea7d7b','37c91a5680deef680458e1f95c140a2799ef17ea0626f76033e4a8ee6a3886b4');
INSERT INTO "entries" VALUES('lima',2,2,'amal','drill','none: made data','{"salt":"2","action":"claim","about":{"thing":"house 2","what":"people"},"value":{"kind":"count","least":2,"most":2},"source":"source 2","said":null,"grade":{"reliability":"C","credibility":3},"words":"","basis":[]}','bd56377633b06648735ea1260ab41799a142ea6a39615c516076459be981e773','c33773d494c870dddd2770bd3938f4ff0f5e9ebf8fc8d9b78d01e603a5392b05');
INSERT INTO "entries" VALUES('lima',3,3,'amal','drill','none: made data','{"salt":"3","action":"task","about":"house 3","kind":"inquiry","what":"ask the neighbours","due_us":null}','1a056d927e23bff276fe96773cbdd0d582bdea6d66e272aaafdb029e624a0940','b2b20b34a8801eb0aec9308320a0c5e24ae0dd830706f92afdfa65d24ead32c3');
INSERT INTO "entries" VALUES('lima',4,4,'amal','drill','none: made data','{"salt":"4","action":"query","what":"page 4"}','d6fd000bcfa91957b19300f519d12052a4e209b7c6cba8aedcb2e4edae5d76cf','c68d2581c237ebb60d1c2a9ae7908b6a2f6a26ec3257d0fe055954b369f7f535');
INSERT INTO "entries" VALUES('lima',5,5,'amal','drill','none: made data','{"salt":"5","action":"query","what":"page 5"}','263253a826c0b71c77c05f5f3ee05f5f3d58173ee37b6110e70528822be41953','511293b3372473cc4a64f40c4927a099f7c1a8fd9880c0646b54a89217c501b8');
INSERT INTO "entries" VALUES('lima',6,6,'amal','drill','none: made data','{"salt":"6","action":"query","what":"page 6"}','1b7147e33c6bdfca236bcd2cbdc7eb705585e0cab3072a23db62e2fa65fa3c93','d9139a2aeff12cdd68cf8a959f7c2b122d4a3eb1d5e6404ffe1ff7412bd13262');
INSERT INTO "entries" VALUES('lima',7,7,'amal','drill','none: made data','{"salt":"7","action":"query","what":"page 7"}','10f718588450cb2513d232da4874597362fef8c3a30a08635a49799a31fa3d3b','b23dd37a458bab006051140fe69b7dc375bf178dfb4e5ca67463f3f46eead8b3');
INSERT INTO "entries" VALUES('lima',8,8,'amal','drill','none: made data','{"salt":"8","action":"query","what":"page 8"}','4e8b878165571839b0c5d86da66cbb1ce8aaa0c202906d2cfad714a0d74b5c74','c9eda54f378cc772f86232de2a5d16e3572573a737064b95d2f479465dfc6eb1');
INSERT INTO "entries" VALUES('lima',9,9,'amal','drill','none: made data','{"salt":"9","action":"query","what":"page 9"}','728ae43e57503614f9f7c9a57d09b35b93ff16769c750a4f65c90df99e76e22a','48e571c14afcf37a435489a75ede238f94899acff42c8d4af79abc2f17142b03');
INSERT INTO "entries" VALUES('lima',10,10,'amal','drill','none: made data','{"salt":"10","action":"judge","subject":{"kind":"room","lines":["+999001","+999002"]},"disposition":"rejected","reason":"looked at 10","look_alike":null}','39a3c5397be9cbf2b0054620266f4c2f12ab025c8695b4017675e808c15f1eaf','edc519da888b2647cb22d40c1962f37e4b323ac5fba66beb246b9390a53500e0');
INSERT INTO "entries" VALUES('lima',11,11,'amal','drill','none: made data','{"salt":"11","action":"claim","about":{"thing":"house 11","what":"people"},"value":{"kind":"count","least":11,"most":11},"source":"source 4","said":null,"grade":{"reliability":"C","credibility":3},"words":"","basis":[]}','df4f692a7534e3510c82d305ce7fbf265f1d415ec4193915a5e75ae34df1fc22','e07d2febb76b2c53cfa01b88997fba3044e4caa52a45db827060e1c9f8a973be');
INSERT INTO "entries" VALUES('lima',12,12,'amal','drill','none: made data','{"salt":"12","action":"claim","about":{"thing":"house 12","what":"people"},"value":{"kind":"count","least":12,"most":12},"source":"source 5","said":null,"grade":{"reliability":"C","credibility":3},"words":"","basis":[]}','e30bc7140b873dfd2af950af8e6a2624cf98a565fe5e7d7007fa4c93a4aade60','5b8b39ceac3aca1e067e20a69edfab4bfb0b8dca48019525eb53ad4143cfc23c');
INSERT INTO "entries" VALUES('lima',13,13,'amal','drill','none: made data','{"salt":"13","action":"task","about":"house 13","kind":"inquiry","what":"ask the neighbours","due_us":null}','866bd6be9ac5be5a5d0f85bb04d1aa2638fc8273bdeba77681d56ce43cb4961f','5943abb3f496278eba32341db17de1a82304dcd638b580c9c339488d3b581028');
INSERT INTO "entries" VALUES('lima',14,14,'amal','drill','none: made data','{"salt":"14","action":"query","what":"page 14"}','7f8c34c684ebe645120b53a113cc4f367121c22219e7db2f28652546a956e935','8b09539a91f524018fd706d491890049074d83ee4f9fc7256d27b6b1d97f679b');
INSERT INTO "entries" VALUES('lima',15,15,'amal','drill','none: made data','{"salt":"15","action":"query","what":"page 15"}','c9f6797c6b330df842592e4a4f6b47df21b97fe086444f4cb333ff29fbedb0e8','402fca459a5ff7371bf0af0f841315cf169120dd85d975b790c723e1cf069794');
INSERT INTO "entries" VALUES('lima',16,16,'amal','drill','none: made data','{"salt":"16","action":"query","what":"page 16"}','b331ddced63c5068273eca33d13d3f3647b53547191415655809f91a211b9438','77f4982b219bfe435092152f5149002a2b999ddf78309328f947d5ecc7956e9e');
INSERT INTO "entries" VALUES('lima',17,17,'amal','drill','none: made data','{"salt":"17","action":"query","what":"page 17"}','c9d695aa8a270c5ec0edec6298b0cdf010d54560f60bd326aedf7b810ea3ce04','a762fa77459e6db08466051cd4db64aea0ac990e5b7aa976d61bfac1650db5e8');
INSERT INTO "entries" VALUES('lima',18,18,'amal','drill','none: made data','{"salt":"18","action":"query","what":"page 18"}','2623760a9c751d4f22e02ab0b59552383408d276c336da5825b7e50120efee64','d583d4db9ad82464fdd813b0d27d4fefd77b6f088fd53970d77af8ad428171b7');
INSERT INTO "entries" VALUES('lima',19,19,'amal','drill','none: made data','{"salt":"19","action":"query","what":"page 19"}','34891f89af41d90a86df173bdeb0cb360a267262944341c834aee3419af898d5','42e313c6144484ca781f5dc1237d05dfd9de03e7db144465eccc30c7a91b4d42');
INSERT INTO "entries" VALUES('lima',20,20,'amal','drill','none: made data','{"salt":"20","action":"judge","subject":{"kind":"room","lines":["+999001","+999002"]},"disposition":"rejected","reason":"looked at 20","look_alike":null}','26c511cfab70238eec3b0bd41bdbe2ce45475ee358a10e88708a49303be58c61','f04fb0dfe50cd2adda23be4cac3d4b61f33966b4db30eed79767b8caee29714f');
