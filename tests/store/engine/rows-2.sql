-- A store of schema 2, as the mailctl of that time kept it: rows of every table. Never changed.
INSERT INTO store VALUES (1,'2026-11-28T11:16:58Z','manual','Etc/UTC','FR','EUR');
INSERT INTO clock VALUES (1,'2026-04-28','2026-04-28','2026-11-28T11:17:49Z');
INSERT INTO setting VALUES ('mail-from','billing@host.example');
INSERT INTO setting VALUES ('mail-host','127.0.0.1');
INSERT INTO setting VALUES ('mail-port','59773');
INSERT INTO setting VALUES ('mail-tls','none');
INSERT INTO setting VALUES ('seller-name','Müller & Söhne «Hébergement»');
INSERT INTO customer VALUES (1,'acme','Acme SARL','it@acme.example',NULL,'+33123456789','1 rue de l''Église','75001','Paris','FR','fr',NULL,NULL,'open',18270,NULL,0,NULL,0,'2026-01-01',NULL);
INSERT INTO customer VALUES (2,'bolt','Bolt GmbH ''Süd'' "x"','it@bolt.example',NULL,NULL,NULL,NULL,NULL,'DE','de','DE136695976',NULL,'open',-37982,'2026-01-25',0,NULL,0,'2026-01-01',NULL);
INSERT INTO customer VALUES (3,'late','Late & Sons; DROP TABLE customer --','it@late.example',NULL,NULL,NULL,NULL,NULL,'FR','fr',NULL,NULL,'open',-191,'2026-01-25',0,NULL,0,'2026-01-01',NULL);
INSERT INTO customer VALUES (4,'slow','محمد 山田 {{7*7}} =1+1','it@slow.example',NULL,NULL,NULL,NULL,NULL,'FR','fr',NULL,30,'open',-632,'2026-04-04',0,NULL,0,'2026-01-01',NULL);
INSERT INTO customer VALUES (5,'gone','erased','erased',NULL,NULL,NULL,NULL,NULL,'FR','fr',NULL,NULL,'erased',0,NULL,0,NULL,0,'2026-01-01','2026-04-25');
INSERT INTO domain VALUES (1,'acme.example',1,'2026-01-01');
INSERT INTO domain VALUES (2,'bolt.example',2,'2026-01-01');
INSERT INTO domain VALUES (4,'slow.example',4,'2026-01-04');
INSERT INTO domain VALUES (5,'late.example',3,'2026-01-25');
INSERT INTO offer VALUES (1,'email-pro','E-mail Pro (example price)',NULL,'account',NULL);
INSERT INTO offer VALUES (2,'hosted-exchange','Hosted Exchange (example price)',NULL,'account',NULL);
INSERT INTO offer VALUES (3,'private-exchange','Private Exchange (example price)',NULL,'platform',NULL);
INSERT INTO offer VALUES (4,'retired','retired',1,'account','2026-01-01');
INSERT INTO offer VALUES (5,'special','Spécial 100 %',1,'account',NULL);
INSERT INTO price VALUES (1,'monthly','2000-01-01',159);
INSERT INTO price VALUES (1,'monthly','2026-02-01',205);
INSERT INTO price VALUES (1,'monthly','2026-03-10',950);
INSERT INTO price VALUES (1,'monthly','2026-04-26',310);
INSERT INTO price VALUES (1,'yearly','2000-01-01',1788);
INSERT INTO price VALUES (2,'monthly','2000-01-01',399);
INSERT INTO price VALUES (2,'monthly','2026-03-25',1950);
INSERT INTO price VALUES (2,'monthly','2026-04-27',2990);
INSERT INTO price VALUES (2,'yearly','2000-01-01',4308);
INSERT INTO price VALUES (2,'yearly','2026-03-25',19050);
INSERT INTO price VALUES (2,'yearly','2026-04-28',29050);
INSERT INTO price VALUES (3,'monthly','2000-01-01',299);
INSERT INTO customer_price VALUES (1,1,'monthly','2026-01-01',195);
INSERT INTO customer_price VALUES (2,1,'monthly','2026-02-05',150);
INSERT INTO tax_rate VALUES ('AT','2000-01-01',2000);
INSERT INTO tax_rate VALUES ('BE','2000-01-01',2100);
INSERT INTO tax_rate VALUES ('BG','2000-01-01',2000);
INSERT INTO tax_rate VALUES ('CY','2000-01-01',1900);
INSERT INTO tax_rate VALUES ('CZ','2000-01-01',2100);
INSERT INTO tax_rate VALUES ('DE','2000-01-01',1900);
INSERT INTO tax_rate VALUES ('DE','2020-07-01',1600);
INSERT INTO tax_rate VALUES ('DE','2021-01-01',1900);
INSERT INTO tax_rate VALUES ('DK','2000-01-01',2500);
INSERT INTO tax_rate VALUES ('EE','2000-01-01',2000);
INSERT INTO tax_rate VALUES ('EE','2024-01-01',2200);
INSERT INTO tax_rate VALUES ('EE','2025-07-01',2400);
INSERT INTO tax_rate VALUES ('ES','2000-01-01',2100);
INSERT INTO tax_rate VALUES ('FI','2000-01-01',2400);
INSERT INTO tax_rate VALUES ('FI','2024-09-01',2550);
INSERT INTO tax_rate VALUES ('FR','2000-01-01',2000);
INSERT INTO tax_rate VALUES ('GR','2000-01-01',2400);
INSERT INTO tax_rate VALUES ('HR','2000-01-01',2500);
INSERT INTO tax_rate VALUES ('HU','2000-01-01',2700);
INSERT INTO tax_rate VALUES ('IE','2000-01-01',2300);
INSERT INTO tax_rate VALUES ('IE','2020-09-01',2100);
INSERT INTO tax_rate VALUES ('IE','2021-03-01',2300);
INSERT INTO tax_rate VALUES ('IT','2000-01-01',2200);
INSERT INTO tax_rate VALUES ('LT','2000-01-01',2100);
INSERT INTO tax_rate VALUES ('LU','2000-01-01',1700);
INSERT INTO tax_rate VALUES ('LU','2023-01-01',1600);
INSERT INTO tax_rate VALUES ('LU','2024-01-01',1700);
INSERT INTO tax_rate VALUES ('LU','2026-03-01',1800);
INSERT INTO tax_rate VALUES ('LV','2000-01-01',2100);
INSERT INTO tax_rate VALUES ('MT','2000-01-01',1800);
INSERT INTO tax_rate VALUES ('NL','2000-01-01',2100);
INSERT INTO tax_rate VALUES ('PL','2000-01-01',2300);
INSERT INTO tax_rate VALUES ('PT','2000-01-01',2300);
INSERT INTO tax_rate VALUES ('RO','2000-01-01',1900);
INSERT INTO tax_rate VALUES ('RO','2025-08-01',2100);
INSERT INTO tax_rate VALUES ('SE','2000-01-01',2500);
INSERT INTO tax_rate VALUES ('SI','2000-01-01',2200);
INSERT INTO tax_rate VALUES ('SK','2000-01-01',2000);
INSERT INTO tax_rate VALUES ('SK','2025-01-01',2300);
INSERT INTO platform VALUES (1,'acme-pro',1,1,'active','automatic','2026-01-01',NULL,NULL,NULL,NULL);
INSERT INTO platform VALUES (2,'acme-hx',1,2,'active','automatic','2026-01-01',NULL,NULL,NULL,NULL);
INSERT INTO platform VALUES (3,'acme-priv',1,3,'active','automatic','2026-01-01',NULL,NULL,NULL,NULL);
INSERT INTO platform VALUES (4,'acme-old',1,2,'closed','automatic','2026-01-01','2026-01-01',NULL,NULL,'2026-02-15');
INSERT INTO platform VALUES (5,'acme-gone',1,1,'closed','automatic','2026-01-01','2026-01-01',NULL,NULL,'2026-01-01');
INSERT INTO platform VALUES (6,'acme-end',1,1,'active','automatic','2026-01-01',NULL,NULL,NULL,NULL);
INSERT INTO platform VALUES (7,'bolt-hx',2,2,'active','automatic','2026-01-01',NULL,NULL,NULL,NULL);
INSERT INTO platform VALUES (8,'late-pro',3,1,'active','automatic','2026-01-01',NULL,NULL,NULL,NULL);
INSERT INTO platform VALUES (9,'slow-pro',4,1,'active','automatic','2026-01-01',NULL,NULL,NULL,NULL);
INSERT INTO platform VALUES (10,'gone-pro',5,1,'closed','automatic','2026-01-01','2026-01-25',NULL,NULL,'2026-02-15');
INSERT INTO purchase_order VALUES (1,1,NULL,'prepaid-credit','delivered','2026-01-01','2026-01-01',NULL,50000,0,50000,'2026-01-01');
INSERT INTO purchase_order VALUES (2,2,NULL,'prepaid-credit','delivered','2026-01-01','2026-01-01',NULL,10000,0,10000,'2026-01-01');
INSERT INTO purchase_order VALUES (3,5,NULL,'prepaid-credit','delivered','2026-01-01','2026-01-01',NULL,2000,0,2000,'2026-01-01');
INSERT INTO purchase_order VALUES (4,1,1,'accounts','delivered','2026-01-01','2026-01-01',NULL,390,78,468,'2026-01-01');
INSERT INTO purchase_order VALUES (5,1,2,'accounts','delivered','2026-01-01','2026-01-01',NULL,399,80,479,'2026-01-01');
INSERT INTO purchase_order VALUES (6,1,3,'accounts','delivered','2026-01-01','2026-01-01',NULL,299,60,359,'2026-01-01');
INSERT INTO purchase_order VALUES (7,1,4,'accounts','delivered','2026-01-01','2026-01-01',NULL,399,80,479,'2026-01-01');
INSERT INTO purchase_order VALUES (8,2,7,'accounts','delivered','2026-01-01','2026-01-01',NULL,399,76,475,'2026-01-01');
INSERT INTO purchase_order VALUES (9,1,2,'accounts','delivered','2026-01-01','2026-01-01',NULL,399,80,479,'2026-01-01');
INSERT INTO purchase_order VALUES (10,1,3,'accounts','delivered','2026-01-01','2026-01-01',NULL,299,60,359,'2026-01-01');
INSERT INTO purchase_order VALUES (11,1,6,'accounts','delivered','2026-01-01','2026-01-01',NULL,195,39,234,'2026-01-01');
INSERT INTO purchase_order VALUES (12,5,10,'accounts','delivered','2026-01-01','2026-01-01',NULL,159,32,191,'2026-01-01');
INSERT INTO purchase_order VALUES (13,4,9,'accounts','delivered','2026-01-04','2026-01-04',NULL,159,32,191,'2026-01-04');
INSERT INTO purchase_order VALUES (14,4,NULL,'debt','cancelled','2026-01-04',NULL,NULL,191,0,191,'2026-01-25');
INSERT INTO purchase_order VALUES (15,3,8,'accounts','delivered','2026-01-25','2026-01-25',NULL,159,32,191,'2026-01-25');
INSERT INTO purchase_order VALUES (16,3,NULL,'debt','not-paid','2026-01-25',NULL,NULL,191,0,191,NULL);
INSERT INTO purchase_order VALUES (17,2,7,'accounts','delivered','2026-01-25','2026-01-25',NULL,12924,2456,15380,'2026-01-25');
INSERT INTO purchase_order VALUES (18,2,NULL,'debt','not-paid','2026-01-25',NULL,NULL,37982,0,37982,NULL);
INSERT INTO purchase_order VALUES (19,2,7,'accounts','delivered','2026-01-25','2026-01-25',NULL,8616,1637,10253,'2026-01-25');
INSERT INTO purchase_order VALUES (20,4,NULL,'debt','cancelled','2026-02-04',NULL,NULL,246,0,246,'2026-02-05');
INSERT INTO purchase_order VALUES (21,4,NULL,'prepaid-credit','delivered','2026-02-05','2026-02-05',NULL,1000,0,1000,'2026-02-05');
INSERT INTO purchase_order VALUES (22,4,NULL,'debt','not-paid','2026-04-04',NULL,NULL,632,0,632,NULL);
INSERT INTO purchase_order VALUES (23,2,7,'accounts','delivered','2026-04-25','2026-04-25',NULL,19050,0,19050,'2026-04-25');
INSERT INTO purchase_order VALUES (24,1,2,'accounts','delivered','2026-04-25','2026-04-25',NULL,19050,3810,22860,'2026-04-25');
INSERT INTO account VALUES (1,1,'anna@acme.example',1,'active','monthly','monthly',NULL,4,'2026-01-01',1,'2026-05-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (2,1,NULL,NULL,'active','monthly','monthly',NULL,4,'2026-01-01',1,'2026-05-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (3,2,'hugo.boss@acme.example',1,'active','monthly','monthly',NULL,5,'2026-01-01',1,'2026-05-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (4,3,'pia@acme.example',1,'active','monthly','monthly',NULL,6,'2026-01-01',1,'2026-05-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (5,4,'otto@acme.example',1,'deleted','monthly','none','monthly',7,'2026-01-01',1,'2026-02-01',NULL,'2026-02-01','expired','2026-02-15','2026-02-15',30);
INSERT INTO account VALUES (6,7,'ben@bolt.example',2,'active','monthly','monthly',NULL,8,'2026-01-01',1,'2026-05-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (7,2,'susi@acme.example',1,'deleted','monthly','none',NULL,9,'2026-01-01',1,'2026-02-01',NULL,'2026-02-01','expired','2026-02-15','2026-02-15',30);
INSERT INTO account VALUES (8,3,'dora@acme.example',1,'deleted','monthly','monthly',NULL,10,'2026-01-01',1,'2026-02-01',NULL,NULL,NULL,NULL,'2026-01-01',NULL);
INSERT INTO account VALUES (9,6,'end@acme.example',1,'active','monthly','monthly',NULL,11,'2026-01-01',1,'2026-05-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (10,10,NULL,NULL,'deleted','monthly','none','none',12,'2026-01-01',1,'2026-02-01',NULL,'2026-02-01','expired','2026-02-15','2026-02-15',31);
INSERT INTO account VALUES (11,7,'imported@bolt.example',2,'active','yearly','yearly',NULL,NULL,'2026-01-01',2,'2026-05-02',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (12,9,'sam@slow.example',4,'active','monthly','monthly',NULL,13,'2026-01-04',4,'2026-05-04',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (13,8,'lea@late.example',5,'deleted','monthly','monthly',NULL,15,'2026-01-25',25,'2026-02-25',NULL,'2026-02-02','debt','2026-02-16','2026-02-16',32);
INSERT INTO account VALUES (14,7,'two@bolt.example',2,'active','yearly','yearly',NULL,17,'2026-01-25',25,'2027-01-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (15,7,NULL,NULL,'active','yearly','yearly',NULL,17,'2026-01-25',25,'2027-01-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (16,7,NULL,NULL,'active','yearly','yearly',NULL,17,'2026-01-25',25,'2027-01-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (17,7,NULL,NULL,'active','yearly','yearly',NULL,19,'2026-01-25',25,'2027-01-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (18,7,NULL,NULL,'active','yearly','yearly',NULL,19,'2026-01-25',25,'2027-01-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (19,7,NULL,NULL,'active','yearly','yearly',NULL,23,'2026-04-25',25,'2027-04-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (20,2,'late.order@acme.example',1,'active','yearly','yearly',NULL,24,'2026-04-25',25,'2027-04-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO order_line VALUES (4,1,1,'anna@acme.example','monthly','2026-01-01','2026-02-01',195);
INSERT INTO order_line VALUES (4,2,2,NULL,'monthly','2026-01-01','2026-02-01',195);
INSERT INTO order_line VALUES (5,1,3,'hugo@acme.example','monthly','2026-01-01','2026-02-01',399);
INSERT INTO order_line VALUES (6,1,4,'pia@acme.example','monthly','2026-01-01','2026-02-01',299);
INSERT INTO order_line VALUES (7,1,5,'otto@acme.example','monthly','2026-01-01','2026-02-01',399);
INSERT INTO order_line VALUES (8,1,6,'ben@bolt.example','monthly','2026-01-01','2026-02-01',399);
INSERT INTO order_line VALUES (9,1,7,'susi@acme.example','monthly','2026-01-01','2026-02-01',399);
INSERT INTO order_line VALUES (10,1,8,'dora@acme.example','monthly','2026-01-01','2026-02-01',299);
INSERT INTO order_line VALUES (11,1,9,'end@acme.example','monthly','2026-01-01','2026-02-01',195);
INSERT INTO order_line VALUES (12,1,10,NULL,'monthly','2026-01-01','2026-02-01',159);
INSERT INTO order_line VALUES (13,1,12,'sam@slow.example','monthly','2026-01-04','2026-02-04',159);
INSERT INTO order_line VALUES (15,1,13,'lea@late.example','monthly','2026-01-25','2026-02-25',159);
INSERT INTO order_line VALUES (17,1,14,'two@bolt.example','yearly','2026-01-25','2027-01-25',4308);
INSERT INTO order_line VALUES (17,2,15,NULL,'yearly','2026-01-25','2027-01-25',4308);
INSERT INTO order_line VALUES (17,3,16,NULL,'yearly','2026-01-25','2027-01-25',4308);
INSERT INTO order_line VALUES (19,1,17,NULL,'yearly','2026-01-25','2027-01-25',4308);
INSERT INTO order_line VALUES (19,2,18,NULL,'yearly','2026-01-25','2027-01-25',4308);
INSERT INTO order_line VALUES (23,1,19,NULL,'yearly','2026-04-25','2027-04-25',19050);
INSERT INTO order_line VALUES (24,1,20,'late.order@acme.example','yearly','2026-04-25','2027-04-25',19050);
INSERT INTO invoice VALUES (1,'',2026,1,1,4,NULL,'2026-01-01',390,2000,78,468,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,NULL);
INSERT INTO invoice VALUES (2,'',2026,2,1,5,NULL,'2026-01-01',399,2000,80,479,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,NULL);
INSERT INTO invoice VALUES (3,'',2026,3,1,6,NULL,'2026-01-01',299,2000,60,359,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,NULL);
INSERT INTO invoice VALUES (4,'',2026,4,1,7,NULL,'2026-01-01',399,2000,80,479,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,NULL);
INSERT INTO invoice VALUES (5,'',2026,5,2,8,NULL,'2026-01-01',399,1900,76,475,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Bolt GmbH ''Süd'' "x"',NULL,NULL,NULL,'DE',NULL,NULL);
INSERT INTO invoice VALUES (6,'',2026,6,1,9,NULL,'2026-01-01',399,2000,80,479,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,NULL);
INSERT INTO invoice VALUES (7,'',2026,7,1,10,NULL,'2026-01-01',299,2000,60,359,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,NULL);
INSERT INTO invoice VALUES (8,'',2026,8,1,11,NULL,'2026-01-01',195,2000,39,234,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,NULL);
INSERT INTO invoice VALUES (9,'',2026,9,5,12,NULL,'2026-01-01',159,2000,32,191,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Ghost Writer',NULL,NULL,NULL,'FR',NULL,NULL);
INSERT INTO invoice VALUES (10,'',2026,10,4,13,NULL,'2026-01-04',159,2000,32,191,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','محمد 山田 {{7*7}} =1+1',NULL,NULL,NULL,'FR',NULL,NULL);
INSERT INTO invoice VALUES (11,'',2026,11,3,15,NULL,'2026-01-25',159,2000,32,191,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Late & Sons; DROP TABLE customer --',NULL,NULL,NULL,'FR',NULL,NULL);
INSERT INTO invoice VALUES (12,'',2026,12,2,17,NULL,'2026-01-25',12924,1900,2456,15380,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Bolt GmbH ''Süd'' "x"',NULL,NULL,NULL,'DE',NULL,NULL);
INSERT INTO invoice VALUES (13,'',2026,13,2,19,NULL,'2026-01-25',8616,1900,1637,10253,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Bolt GmbH ''Süd'' "x"',NULL,NULL,NULL,'DE',NULL,NULL);
INSERT INTO invoice VALUES (14,'',2026,14,1,NULL,NULL,'2026-02-01',1283,2000,257,1540,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,NULL);
INSERT INTO invoice VALUES (15,'',2026,15,2,NULL,NULL,'2026-02-01',399,1900,76,475,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Bolt GmbH ''Süd'' "x"',NULL,NULL,NULL,'DE',NULL,NULL);
INSERT INTO invoice VALUES (16,'',2026,16,4,NULL,NULL,'2026-02-04',205,2000,41,246,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','محمد 山田 {{7*7}} =1+1',NULL,NULL,NULL,'FR',NULL,NULL);
INSERT INTO invoice VALUES (17,'AV',2026,1,1,NULL,1,'2026-02-05',390,2000,78,468,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,'wrong x');
INSERT INTO invoice VALUES (18,'',2026,17,1,NULL,NULL,'2026-03-01',1283,2000,257,1540,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,NULL);
INSERT INTO invoice VALUES (19,'',2026,18,2,NULL,NULL,'2026-03-01',399,0,0,399,'Autoliquidation / Reverse charge: Directive 2006/112/EC, art. 44 and 196','{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Bolt GmbH ''Süd'' "x"',NULL,NULL,NULL,'DE','DE136695976',NULL);
INSERT INTO invoice VALUES (20,'',2026,19,4,NULL,NULL,'2026-03-04',205,2000,41,246,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','محمد 山田 {{7*7}} =1+1',NULL,NULL,NULL,'FR',NULL,NULL);
INSERT INTO invoice VALUES (21,'',2026,20,1,NULL,NULL,'2026-04-01',2834,2000,567,3401,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,NULL);
INSERT INTO invoice VALUES (22,'',2026,21,2,NULL,NULL,'2026-04-01',1950,0,0,1950,'Autoliquidation / Reverse charge: Directive 2006/112/EC, art. 44 and 196','{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Bolt GmbH ''Süd'' "x"',NULL,NULL,NULL,'DE','DE136695976',NULL);
INSERT INTO invoice VALUES (23,'',2026,22,4,NULL,NULL,'2026-04-04',950,2000,190,1140,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','محمد 山田 {{7*7}} =1+1',NULL,NULL,NULL,'FR',NULL,NULL);
INSERT INTO invoice VALUES (24,'',2026,23,2,23,NULL,'2026-04-25',19050,0,0,19050,'Autoliquidation / Reverse charge: Directive 2006/112/EC, art. 44 and 196','{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Bolt GmbH ''Süd'' "x"',NULL,NULL,NULL,'DE','DE136695976',NULL);
INSERT INTO invoice VALUES (25,'',2026,24,1,24,NULL,'2026-04-25',19050,2000,3810,22860,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,NULL);
INSERT INTO invoice_line VALUES (1,'2026-01-01','2026-02-01',1,1,'anna@acme.example','monthly',195);
INSERT INTO invoice_line VALUES (1,'2026-02-01','2026-03-01',14,1,'anna@acme.example','monthly',195);
INSERT INTO invoice_line VALUES (1,'2026-03-01','2026-04-01',18,1,'anna@acme.example','monthly',195);
INSERT INTO invoice_line VALUES (1,'2026-04-01','2026-05-01',21,1,'anna@acme.example','monthly',195);
INSERT INTO invoice_line VALUES (2,'2026-01-01','2026-02-01',1,1,NULL,'monthly',195);
INSERT INTO invoice_line VALUES (2,'2026-02-01','2026-03-01',14,1,NULL,'monthly',195);
INSERT INTO invoice_line VALUES (2,'2026-03-01','2026-04-01',18,1,NULL,'monthly',195);
INSERT INTO invoice_line VALUES (2,'2026-04-01','2026-05-01',21,1,NULL,'monthly',195);
INSERT INTO invoice_line VALUES (3,'2026-01-01','2026-02-01',2,2,'hugo@acme.example','monthly',399);
INSERT INTO invoice_line VALUES (3,'2026-02-01','2026-03-01',14,2,'hugo.boss@acme.example','monthly',399);
INSERT INTO invoice_line VALUES (3,'2026-03-01','2026-04-01',18,2,'hugo.boss@acme.example','monthly',399);
INSERT INTO invoice_line VALUES (3,'2026-04-01','2026-05-01',21,2,'hugo.boss@acme.example','monthly',1950);
INSERT INTO invoice_line VALUES (4,'2026-01-01','2026-02-01',3,3,'pia@acme.example','monthly',299);
INSERT INTO invoice_line VALUES (4,'2026-02-01','2026-03-01',14,3,'pia@acme.example','monthly',299);
INSERT INTO invoice_line VALUES (4,'2026-03-01','2026-04-01',18,3,'pia@acme.example','monthly',299);
INSERT INTO invoice_line VALUES (4,'2026-04-01','2026-05-01',21,3,'pia@acme.example','monthly',299);
INSERT INTO invoice_line VALUES (5,'2026-01-01','2026-02-01',4,2,'otto@acme.example','monthly',399);
INSERT INTO invoice_line VALUES (6,'2026-01-01','2026-02-01',5,2,'ben@bolt.example','monthly',399);
INSERT INTO invoice_line VALUES (6,'2026-02-01','2026-03-01',15,2,'ben@bolt.example','monthly',399);
INSERT INTO invoice_line VALUES (6,'2026-03-01','2026-04-01',19,2,'ben@bolt.example','monthly',399);
INSERT INTO invoice_line VALUES (6,'2026-04-01','2026-05-01',22,2,'ben@bolt.example','monthly',1950);
INSERT INTO invoice_line VALUES (7,'2026-01-01','2026-02-01',6,2,'susi@acme.example','monthly',399);
INSERT INTO invoice_line VALUES (8,'2026-01-01','2026-02-01',7,3,'dora@acme.example','monthly',299);
INSERT INTO invoice_line VALUES (9,'2026-01-01','2026-02-01',8,1,'end@acme.example','monthly',195);
INSERT INTO invoice_line VALUES (9,'2026-02-01','2026-03-01',14,1,'end@acme.example','monthly',195);
INSERT INTO invoice_line VALUES (9,'2026-03-01','2026-04-01',18,1,'end@acme.example','monthly',195);
INSERT INTO invoice_line VALUES (9,'2026-04-01','2026-05-01',21,1,'end@acme.example','monthly',195);
INSERT INTO invoice_line VALUES (10,'2026-01-01','2026-02-01',9,1,'ghost@gone.example','monthly',159);
INSERT INTO invoice_line VALUES (12,'2026-01-04','2026-02-04',10,1,'sam@slow.example','monthly',159);
INSERT INTO invoice_line VALUES (12,'2026-02-04','2026-03-04',16,1,'sam@slow.example','monthly',205);
INSERT INTO invoice_line VALUES (12,'2026-03-04','2026-04-04',20,1,'sam@slow.example','monthly',205);
INSERT INTO invoice_line VALUES (12,'2026-04-04','2026-05-04',23,1,'sam@slow.example','monthly',950);
INSERT INTO invoice_line VALUES (13,'2026-01-25','2026-02-25',11,1,'lea@late.example','monthly',159);
INSERT INTO invoice_line VALUES (14,'2026-01-25','2027-01-25',12,2,'two@bolt.example','yearly',4308);
INSERT INTO invoice_line VALUES (15,'2026-01-25','2027-01-25',12,2,NULL,'yearly',4308);
INSERT INTO invoice_line VALUES (16,'2026-01-25','2027-01-25',12,2,NULL,'yearly',4308);
INSERT INTO invoice_line VALUES (17,'2026-01-25','2027-01-25',13,2,NULL,'yearly',4308);
INSERT INTO invoice_line VALUES (18,'2026-01-25','2027-01-25',13,2,NULL,'yearly',4308);
INSERT INTO invoice_line VALUES (19,'2026-04-25','2027-04-25',24,2,NULL,'yearly',19050);
INSERT INTO invoice_line VALUES (20,'2026-04-25','2027-04-25',25,2,'late.order@acme.example','yearly',19050);
INSERT INTO credit_line VALUES (1,'2026-01-01',17);
INSERT INTO credit_line VALUES (2,'2026-01-01',17);
INSERT INTO invoice_open VALUES (1,1,'2026-01-08',468,0,0,'2026-01-01');
INSERT INTO invoice_open VALUES (2,1,'2026-01-08',0,0,0,'2026-01-01');
INSERT INTO invoice_open VALUES (3,1,'2026-01-08',0,0,0,'2026-01-01');
INSERT INTO invoice_open VALUES (4,1,'2026-01-08',0,0,0,'2026-01-01');
INSERT INTO invoice_open VALUES (5,2,'2026-01-08',0,0,0,'2026-01-01');
INSERT INTO invoice_open VALUES (6,1,'2026-01-08',0,0,0,'2026-01-01');
INSERT INTO invoice_open VALUES (7,1,'2026-01-08',0,0,0,'2026-01-01');
INSERT INTO invoice_open VALUES (8,1,'2026-01-08',0,0,0,'2026-01-01');
INSERT INTO invoice_open VALUES (9,5,'2026-01-08',0,0,0,'2026-01-01');
INSERT INTO invoice_open VALUES (10,4,'2026-02-03',0,0,0,'2026-01-25');
INSERT INTO invoice_open VALUES (11,3,'2026-02-01',0,191,0,NULL);
INSERT INTO invoice_open VALUES (12,2,'2026-04-06',0,5855,1,NULL);
INSERT INTO invoice_open VALUES (13,2,'2026-04-06',0,10253,1,NULL);
INSERT INTO invoice_open VALUES (14,1,'2026-02-08',0,0,0,'2026-02-01');
INSERT INTO invoice_open VALUES (15,2,'2026-04-06',0,475,1,NULL);
INSERT INTO invoice_open VALUES (16,4,'2026-03-06',0,0,0,'2026-02-05');
INSERT INTO invoice_open VALUES (18,1,'2026-03-08',0,0,0,'2026-03-01');
INSERT INTO invoice_open VALUES (19,2,'2026-04-06',0,399,1,NULL);
INSERT INTO invoice_open VALUES (20,4,'2026-04-03',0,0,0,'2026-03-04');
INSERT INTO invoice_open VALUES (21,1,'2026-04-08',0,0,0,'2026-04-01');
INSERT INTO invoice_open VALUES (22,2,'2026-04-08',0,1950,1,NULL);
INSERT INTO invoice_open VALUES (23,4,'2026-05-04',0,632,1,NULL);
INSERT INTO invoice_open VALUES (24,2,'2026-05-02',0,19050,1,NULL);
INSERT INTO invoice_open VALUES (25,1,'2026-05-02',0,0,0,'2026-04-25');
INSERT INTO ledger VALUES (1,1,1,'2026-01-01','credit',50000,0,50000,1,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (2,2,1,'2026-01-01','credit',10000,0,10000,2,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (3,5,1,'2026-01-01','credit',2000,0,2000,3,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (4,1,2,'2026-01-01','charge',-468,50000,49532,4,1,NULL,NULL,NULL);
INSERT INTO ledger VALUES (5,1,3,'2026-01-01','charge',-479,49532,49053,5,2,NULL,NULL,NULL);
INSERT INTO ledger VALUES (6,1,4,'2026-01-01','charge',-359,49053,48694,6,3,NULL,NULL,NULL);
INSERT INTO ledger VALUES (7,1,5,'2026-01-01','charge',-479,48694,48215,7,4,NULL,NULL,NULL);
INSERT INTO ledger VALUES (8,2,2,'2026-01-01','charge',-475,10000,9525,8,5,NULL,NULL,NULL);
INSERT INTO ledger VALUES (9,1,6,'2026-01-01','charge',-479,48215,47736,9,6,NULL,NULL,NULL);
INSERT INTO ledger VALUES (10,1,7,'2026-01-01','charge',-359,47736,47377,10,7,NULL,NULL,NULL);
INSERT INTO ledger VALUES (11,1,8,'2026-01-01','charge',-234,47377,47143,11,8,NULL,NULL,NULL);
INSERT INTO ledger VALUES (12,5,2,'2026-01-01','charge',-191,2000,1809,12,9,NULL,NULL,NULL);
INSERT INTO ledger VALUES (13,4,1,'2026-01-04','charge',-191,0,-191,13,10,NULL,NULL,NULL);
INSERT INTO ledger VALUES (14,3,1,'2026-01-25','charge',-191,0,-191,15,11,NULL,NULL,NULL);
INSERT INTO ledger VALUES (15,2,3,'2026-01-25','charge',-15380,9525,-5855,17,12,NULL,NULL,NULL);
INSERT INTO ledger VALUES (16,4,2,'2026-01-25','payment',191,-191,0,NULL,NULL,1,NULL,NULL);
INSERT INTO ledger VALUES (17,2,4,'2026-01-25','charge',-10253,-5855,-16108,19,13,NULL,NULL,NULL);
INSERT INTO ledger VALUES (18,1,9,'2026-02-01','charge',-1540,47143,45603,NULL,14,NULL,NULL,NULL);
INSERT INTO ledger VALUES (19,2,5,'2026-02-01','charge',-475,-16108,-16583,NULL,15,NULL,NULL,NULL);
INSERT INTO ledger VALUES (20,4,3,'2026-02-04','charge',-246,0,-246,NULL,16,NULL,NULL,NULL);
INSERT INTO ledger VALUES (21,4,4,'2026-02-05','credit',1000,-246,754,21,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (22,1,10,'2026-02-05','credit-note',468,45603,46071,NULL,17,NULL,NULL,'wrong x');
INSERT INTO ledger VALUES (23,1,11,'2026-03-01','charge',-1540,46071,44531,NULL,18,NULL,NULL,NULL);
INSERT INTO ledger VALUES (24,2,6,'2026-03-01','charge',-399,-16583,-16982,NULL,19,NULL,NULL,NULL);
INSERT INTO ledger VALUES (25,4,5,'2026-03-04','charge',-246,754,508,NULL,20,NULL,NULL,NULL);
INSERT INTO ledger VALUES (26,1,12,'2026-04-01','charge',-3401,44531,41130,NULL,21,NULL,NULL,NULL);
INSERT INTO ledger VALUES (27,2,7,'2026-04-01','charge',-1950,-16982,-18932,NULL,22,NULL,NULL,NULL);
INSERT INTO ledger VALUES (28,4,6,'2026-04-04','charge',-1140,508,-632,NULL,23,NULL,NULL,NULL);
INSERT INTO ledger VALUES (29,5,3,'2026-04-25','refund',-1809,1809,0,NULL,NULL,NULL,NULL,'closed');
INSERT INTO ledger VALUES (30,2,8,'2026-04-25','charge',-19050,-18932,-37982,23,24,NULL,NULL,NULL);
INSERT INTO ledger VALUES (31,1,13,'2026-04-25','charge',-22860,41130,18270,24,25,NULL,NULL,NULL);
INSERT INTO method VALUES (1,1,'bank','FR76…0189','{"iban": "FR7630006000011234567890189", "bic": "AGRIFRPPXXX", "holder": "Acme SARL", "mandate": "M-1", "signed_on": "2025-12-01"}',1,NULL,'2026-01-01',NULL);
INSERT INTO method VALUES (2,2,'paypal','PayPal …B-1','{"agreement": "B-1"}',1,NULL,'2026-01-01',NULL);
INSERT INTO method VALUES (3,4,'card','Visa …4242','{"token": "tok_123", "brand": "Visa", "last4": "4242"}',1,'2027-12','2026-01-01',NULL);
INSERT INTO payment VALUES (1,4,3,191,'succeeded','2026-01-04',NULL,NULL,0,NULL,NULL,NULL,'2026-01-25',NULL);
INSERT INTO payment VALUES (2,2,2,5855,'pending','2026-01-25','2026-04-25',NULL,2,'2026-01-25',NULL,NULL,NULL,'no answer for 10 days');
INSERT INTO payment VALUES (3,2,2,10253,'pending','2026-01-25','2026-04-25',NULL,1,'2026-03-30',NULL,NULL,NULL,'no answer for 10 days');
INSERT INTO payment VALUES (4,2,2,475,'pending','2026-02-01','2026-04-25',NULL,1,'2026-03-30',NULL,NULL,NULL,'no answer for 10 days');
INSERT INTO payment VALUES (5,4,3,246,'cancelled','2026-02-04',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payment VALUES (6,2,2,399,'pending','2026-03-01','2026-04-25',NULL,1,'2026-03-30',NULL,NULL,NULL,'no answer for 10 days');
INSERT INTO payment VALUES (7,2,2,1950,'pending','2026-04-01','2026-04-25',NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payment VALUES (8,4,3,632,'pending','2026-04-04',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payment VALUES (9,2,2,19050,'pending','2026-04-25','2026-04-25',NULL,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payment_export VALUES (1,'paypal','csv','2026-04-25','payment,customer,amount,currency,reference,description
2,bolt,58.55,EUR,B-1,"bolt, payment 2"
3,bolt,102.53,EUR,B-1,"bolt, payment 3"
4,bolt,4.75,EUR,B-1,"bolt, payment 4"
6,bolt,3.99,EUR,B-1,"bolt, payment 6"
7,bolt,19.50,EUR,B-1,"bolt, payment 7"
9,bolt,190.50,EUR,B-1,"bolt, payment 9"
');
INSERT INTO platform_deletion VALUES (6,'48d60fc73b80c6dc2c0aa3d5f2a4864f46df6b8a21d7a11976227ff39d963e25','2026-01-04');
INSERT INTO notice VALUES (1,1,'order-confirmed','2026-01-01',NULL,4,NULL,NULL,468,NULL,NULL,'<notice-1.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:30Z',NULL,NULL);
INSERT INTO notice VALUES (2,1,'order-confirmed','2026-01-01',NULL,5,NULL,NULL,479,NULL,NULL,'<notice-2.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:30Z',NULL,NULL);
INSERT INTO notice VALUES (3,1,'order-confirmed','2026-01-01',NULL,6,NULL,NULL,359,NULL,NULL,'<notice-3.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:31Z',NULL,NULL);
INSERT INTO notice VALUES (4,1,'order-confirmed','2026-01-01',NULL,7,NULL,NULL,479,NULL,NULL,'<notice-4.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:31Z',NULL,NULL);
INSERT INTO notice VALUES (5,2,'order-confirmed','2026-01-01',NULL,8,NULL,NULL,475,NULL,NULL,'<notice-5.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:31Z',NULL,NULL);
INSERT INTO notice VALUES (6,1,'order-confirmed','2026-01-01',NULL,9,NULL,NULL,479,NULL,NULL,'<notice-6.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:31Z',NULL,NULL);
INSERT INTO notice VALUES (7,1,'order-confirmed','2026-01-01',NULL,10,NULL,NULL,359,NULL,NULL,'<notice-7.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:31Z',NULL,NULL);
INSERT INTO notice VALUES (8,1,'order-confirmed','2026-01-01',NULL,11,NULL,NULL,234,NULL,NULL,'<notice-8.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:31Z',NULL,NULL);
INSERT INTO notice VALUES (9,5,'order-confirmed','2026-01-01',NULL,12,NULL,NULL,191,NULL,NULL,'<notice-9.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:31Z',NULL,NULL);
INSERT INTO notice VALUES (10,1,'accounts-deleted','2026-01-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-10.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:31Z',NULL,NULL);
INSERT INTO notice VALUES (11,1,'cancel-recorded','2026-01-01',NULL,NULL,4,NULL,NULL,NULL,NULL,'<notice-11.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:31Z',NULL,NULL);
INSERT INTO notice VALUES (12,1,'cancel-recorded','2026-01-01',NULL,NULL,5,NULL,NULL,NULL,NULL,'<notice-12.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:31Z',NULL,NULL);
INSERT INTO notice VALUES (13,1,'delete-token','2026-01-01',NULL,NULL,6,NULL,NULL,'2026-01-04',NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:31Z','outdated');
INSERT INTO notice VALUES (14,1,'delete-token','2026-01-01',NULL,NULL,6,NULL,NULL,'2026-01-04',NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:31Z','outdated');
INSERT INTO notice VALUES (15,4,'order-confirmed','2026-01-04',NULL,13,NULL,NULL,191,NULL,NULL,'<notice-15.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:32Z',NULL,NULL);
INSERT INTO notice VALUES (16,1,'expiry-coming','2026-01-17',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:32Z','outdated');
INSERT INTO notice VALUES (17,5,'expiry-coming','2026-01-17',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:32Z','outdated');
INSERT INTO notice VALUES (18,3,'order-confirmed','2026-01-25',NULL,15,NULL,NULL,191,'2026-02-01',NULL,'<notice-18.e67c41afc43d3aeb@host.example>',NULL,1,'550 5.1.1 no such user',NULL,0,NULL,'2026-11-28T11:17:32Z','refused');
INSERT INTO notice VALUES (19,3,'debt-opened','2026-01-25',NULL,16,NULL,NULL,191,'2026-02-01',NULL,'<notice-19.e67c41afc43d3aeb@host.example>',NULL,1,'550 5.1.1 no such user',NULL,0,NULL,'2026-11-28T11:17:32Z','refused');
INSERT INTO notice VALUES (20,2,'order-confirmed','2026-01-25',NULL,17,NULL,NULL,15380,NULL,NULL,'<notice-20.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:32Z',NULL,NULL);
INSERT INTO notice VALUES (21,4,'debt-settled','2026-01-25',NULL,14,NULL,NULL,NULL,NULL,NULL,'<notice-21.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:32Z',NULL,NULL);
INSERT INTO notice VALUES (22,2,'order-confirmed','2026-01-25',NULL,19,NULL,NULL,10253,NULL,NULL,'<notice-22.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:32Z',NULL,NULL);
INSERT INTO notice VALUES (23,5,'cancel-recorded','2026-01-25',NULL,NULL,10,NULL,NULL,NULL,NULL,'<notice-23.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:32Z',NULL,NULL);
INSERT INTO notice VALUES (24,2,'payment-failed','2026-01-25',NULL,NULL,NULL,2,5855,'2026-01-26',NULL,'<notice-24.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:32Z',NULL,NULL);
INSERT INTO notice VALUES (25,1,'expiry-coming','2026-01-29',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:32Z','outdated');
INSERT INTO notice VALUES (26,5,'expiry-coming','2026-01-29',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:32Z','outdated');
INSERT INTO notice VALUES (27,3,'debt-reminder','2026-01-30',NULL,NULL,NULL,NULL,191,'2026-02-01',NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:32Z','outdated');
INSERT INTO notice VALUES (28,1,'invoice-issued','2026-02-01',14,NULL,NULL,NULL,1540,'2026-02-08',NULL,'<notice-28.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:32Z',NULL,NULL);
INSERT INTO notice VALUES (29,2,'invoice-issued','2026-02-01',15,NULL,NULL,NULL,475,'2026-02-08',NULL,'<notice-29.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:32Z',NULL,NULL);
INSERT INTO notice VALUES (30,1,'accounts-suspended','2026-02-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-30.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:33Z',NULL,NULL);
INSERT INTO notice VALUES (31,5,'accounts-suspended','2026-02-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-31.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:33Z',NULL,NULL);
INSERT INTO notice VALUES (32,3,'accounts-suspended','2026-02-02',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-32.e67c41afc43d3aeb@host.example>',NULL,1,'550 5.1.1 no such user',NULL,0,NULL,'2026-11-28T11:17:33Z','refused');
INSERT INTO notice VALUES (33,4,'invoice-issued','2026-02-04',16,NULL,NULL,NULL,246,'2026-03-06',NULL,'<notice-33.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:33Z',NULL,NULL);
INSERT INTO notice VALUES (34,4,'debt-settled','2026-02-05',NULL,20,NULL,NULL,NULL,NULL,NULL,'<notice-34.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:33Z',NULL,NULL);
INSERT INTO notice VALUES (35,1,'deletion-coming','2026-02-08',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:38Z','outdated');
INSERT INTO notice VALUES (36,5,'deletion-coming','2026-02-08',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:38Z','outdated');
INSERT INTO notice VALUES (37,3,'deletion-coming','2026-02-09',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:38Z','outdated');
INSERT INTO notice VALUES (38,1,'deletion-coming','2026-02-13',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:38Z','outdated');
INSERT INTO notice VALUES (39,5,'deletion-coming','2026-02-13',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:38Z','outdated');
INSERT INTO notice VALUES (40,3,'deletion-coming','2026-02-14',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,'2026-11-28T11:17:38Z','outdated');
INSERT INTO notice VALUES (41,1,'accounts-deleted','2026-02-15',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-41.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:38Z',NULL,NULL);
INSERT INTO notice VALUES (42,5,'accounts-deleted','2026-02-15',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-42.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:38Z',NULL,NULL);
INSERT INTO notice VALUES (43,3,'accounts-deleted','2026-02-16',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-43.e67c41afc43d3aeb@host.example>',NULL,1,'550 5.1.1 no such user',NULL,0,NULL,'2026-11-28T11:17:38Z','refused');
INSERT INTO notice VALUES (44,1,'invoice-issued','2026-03-01',18,NULL,NULL,NULL,1540,'2026-03-08',NULL,'<notice-44.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:38Z',NULL,NULL);
INSERT INTO notice VALUES (45,2,'invoice-issued','2026-03-01',19,NULL,NULL,NULL,399,'2026-03-08',NULL,'<notice-45.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:39Z',NULL,NULL);
INSERT INTO notice VALUES (46,4,'invoice-issued','2026-03-04',20,NULL,NULL,NULL,246,'2026-04-03',NULL,'<notice-46.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:39Z',NULL,NULL);
INSERT INTO notice VALUES (47,2,'renewal-coming','2026-03-23',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-47.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:41Z',NULL,NULL);
INSERT INTO notice VALUES (48,2,'payment-failed','2026-03-30',NULL,NULL,NULL,2,11127,'2026-03-31',NULL,'<notice-48.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:41Z',NULL,NULL);
INSERT INTO notice VALUES (49,1,'invoice-issued','2026-04-01',21,NULL,NULL,NULL,3401,'2026-04-08',NULL,'<notice-49.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:41Z',NULL,NULL);
INSERT INTO notice VALUES (50,2,'invoice-issued','2026-04-01',22,NULL,NULL,NULL,1950,'2026-04-08',NULL,'<notice-50.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:41Z',NULL,NULL);
INSERT INTO notice VALUES (51,4,'invoice-issued','2026-04-04',23,NULL,NULL,NULL,1140,'2026-05-04',NULL,'<notice-51.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:41Z',NULL,NULL);
INSERT INTO notice VALUES (52,2,'renewal-coming','2026-04-17',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-52.e67c41afc43d3aeb@host.example>',NULL,1,NULL,NULL,0,'2026-11-28T11:17:41Z',NULL,NULL);
INSERT INTO notice VALUES (53,2,'order-confirmed','2026-04-25',NULL,23,NULL,NULL,19050,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO notice VALUES (54,1,'order-confirmed','2026-04-25',NULL,24,NULL,NULL,22860,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO notice_account VALUES (1,1,'anna@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (1,2,NULL,'2026-02-01',NULL);
INSERT INTO notice_account VALUES (2,3,'hugo@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (3,4,'pia@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (4,5,'otto@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (5,6,'ben@bolt.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (6,7,'susi@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (7,8,'dora@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (8,9,'end@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (9,10,NULL,'2026-02-01',NULL);
INSERT INTO notice_account VALUES (10,8,'dora@acme.example','2026-01-01',NULL);
INSERT INTO notice_account VALUES (11,5,'otto@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (13,9,'end@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (14,9,'end@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (15,12,'sam@slow.example','2026-02-04',NULL);
INSERT INTO notice_account VALUES (16,5,'otto@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (16,7,'susi@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (17,10,NULL,'2026-02-01',NULL);
INSERT INTO notice_account VALUES (18,13,'lea@late.example','2026-02-25',NULL);
INSERT INTO notice_account VALUES (20,14,'two@bolt.example','2027-01-25',NULL);
INSERT INTO notice_account VALUES (20,15,NULL,'2027-01-25',NULL);
INSERT INTO notice_account VALUES (20,16,NULL,'2027-01-25',NULL);
INSERT INTO notice_account VALUES (22,17,NULL,'2027-01-25',NULL);
INSERT INTO notice_account VALUES (22,18,NULL,'2027-01-25',NULL);
INSERT INTO notice_account VALUES (23,10,NULL,'2026-02-01',NULL);
INSERT INTO notice_account VALUES (25,5,'otto@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (25,7,'susi@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (26,10,NULL,'2026-02-01',NULL);
INSERT INTO notice_account VALUES (30,5,'otto@acme.example','2026-02-15','expired');
INSERT INTO notice_account VALUES (30,7,'susi@acme.example','2026-02-15','expired');
INSERT INTO notice_account VALUES (31,10,NULL,'2026-02-15','expired');
INSERT INTO notice_account VALUES (32,13,'lea@late.example','2026-02-16','debt');
INSERT INTO notice_account VALUES (35,5,'otto@acme.example','2026-02-15',NULL);
INSERT INTO notice_account VALUES (35,7,'susi@acme.example','2026-02-15',NULL);
INSERT INTO notice_account VALUES (36,10,NULL,'2026-02-15',NULL);
INSERT INTO notice_account VALUES (37,13,'lea@late.example','2026-02-16',NULL);
INSERT INTO notice_account VALUES (38,5,'otto@acme.example','2026-02-15',NULL);
INSERT INTO notice_account VALUES (38,7,'susi@acme.example','2026-02-15',NULL);
INSERT INTO notice_account VALUES (39,10,NULL,'2026-02-15',NULL);
INSERT INTO notice_account VALUES (40,13,'lea@late.example','2026-02-16',NULL);
INSERT INTO notice_account VALUES (41,5,'otto@acme.example','2026-02-15',NULL);
INSERT INTO notice_account VALUES (41,7,'susi@acme.example','2026-02-15',NULL);
INSERT INTO notice_account VALUES (42,10,NULL,'2026-02-15',NULL);
INSERT INTO notice_account VALUES (43,13,'lea@late.example','2026-02-16',NULL);
INSERT INTO notice_account VALUES (47,11,'imported@bolt.example','2026-05-02',NULL);
INSERT INTO notice_account VALUES (52,11,'imported@bolt.example','2026-05-02',NULL);
INSERT INTO notice_account VALUES (53,19,NULL,'2027-04-25',NULL);
INSERT INTO notice_account VALUES (54,20,'late.order@acme.example','2027-04-25',NULL);
INSERT INTO notice_text VALUES (1,'fr','it@acme.example','Commande n° 4 : vos 2 nouvelles boîtes e-mail','Bonjour,

Votre commande n° 4 est exécutée : 2 nouvelles boîtes e-mail sont prêtes
sur la plateforme acme-pro.

Valable jusqu’au 1er février 2026 :
- anna@acme.example
- une boîte sans adresse (acme-pro)

Pour utiliser une boîte sans adresse, répondez-nous en indiquant
l’adresse souhaitée.

La facture 2026-000001 a été débitée de votre compte prépayé.

  Date de la facture : 1er janvier 2026
  Total HT : 3,90 €
  TVA (20 %) : 0,78 €
  Total TTC : 4,68 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (2,'fr','it@acme.example','Commande n° 5 : votre nouvelle boîte e-mail','Bonjour,

Votre commande n° 5 est exécutée : une nouvelle boîte e-mail est prête
sur la plateforme acme-hx.

Valable jusqu’au 1er février 2026 :
- hugo@acme.example

La facture 2026-000002 a été débitée de votre compte prépayé.

  Date de la facture : 1er janvier 2026
  Total HT : 3,99 €
  TVA (20 %) : 0,80 €
  Total TTC : 4,79 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (3,'fr','it@acme.example','Commande n° 6 : votre nouvelle boîte e-mail','Bonjour,

Votre commande n° 6 est exécutée : une nouvelle boîte e-mail est prête
sur la plateforme acme-priv.

Valable jusqu’au 1er février 2026 :
- pia@acme.example

La facture 2026-000003 a été débitée de votre compte prépayé.

  Date de la facture : 1er janvier 2026
  Total HT : 2,99 €
  TVA (20 %) : 0,60 €
  Total TTC : 3,59 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (4,'fr','it@acme.example','Commande n° 7 : votre nouvelle boîte e-mail','Bonjour,

Votre commande n° 7 est exécutée : une nouvelle boîte e-mail est prête
sur la plateforme acme-old.

Valable jusqu’au 1er février 2026 :
- otto@acme.example

La facture 2026-000004 a été débitée de votre compte prépayé.

  Date de la facture : 1er janvier 2026
  Total HT : 3,99 €
  TVA (20 %) : 0,80 €
  Total TTC : 4,79 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (5,'de','it@bolt.example','Bestellung 8: Ihr neues Postfach','Guten Tag,

Ihre Bestellung 8 ist ausgeführt: Auf der Plattform bolt-hx steht ein
neues Postfach bereit.

Laufzeit bis 1. Februar 2026:
- ben@bolt.example

Die Rechnung 2026-000005 wurde von Ihrem Guthabenkonto abgebucht.

  Rechnungsdatum: 1. Januar 2026
  Netto: 3,99 €
  USt. (19 %): 0,76 €
  Gesamtbetrag: 4,75 €

Sie ist durch Ihr Guthaben bezahlt: Sie müssen nichts tun.

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO notice_text VALUES (6,'fr','it@acme.example','Commande n° 9 : votre nouvelle boîte e-mail','Bonjour,

Votre commande n° 9 est exécutée : une nouvelle boîte e-mail est prête
sur la plateforme acme-hx.

Valable jusqu’au 1er février 2026 :
- susi@acme.example

La facture 2026-000006 a été débitée de votre compte prépayé.

  Date de la facture : 1er janvier 2026
  Total HT : 3,99 €
  TVA (20 %) : 0,80 €
  Total TTC : 4,79 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (7,'fr','it@acme.example','Commande n° 10 : votre nouvelle boîte e-mail','Bonjour,

Votre commande n° 10 est exécutée : une nouvelle boîte e-mail est prête
sur la plateforme acme-priv.

Valable jusqu’au 1er février 2026 :
- dora@acme.example

La facture 2026-000007 a été débitée de votre compte prépayé.

  Date de la facture : 1er janvier 2026
  Total HT : 2,99 €
  TVA (20 %) : 0,60 €
  Total TTC : 3,59 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (8,'fr','it@acme.example','Commande n° 11 : votre nouvelle boîte e-mail','Bonjour,

Votre commande n° 11 est exécutée : une nouvelle boîte e-mail est prête
sur la plateforme acme-end.

Valable jusqu’au 1er février 2026 :
- end@acme.example

La facture 2026-000008 a été débitée de votre compte prépayé.

  Date de la facture : 1er janvier 2026
  Total HT : 1,95 €
  TVA (20 %) : 0,39 €
  Total TTC : 2,34 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (10,'fr','it@acme.example','Une boîte e-mail supprimée','Bonjour,

Le 1er janvier 2026, une de vos boîtes e-mail a été supprimée, avec tous
ses messages. C’est irréversible.

Boîtes e-mail concernées :
- dora@acme.example

Elle ne sera plus facturée.

Vous pouvez réutiliser l’adresse pour une nouvelle boîte.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (11,'fr','it@acme.example','Plateforme acme-old : résiliation enregistrée','Bonjour,

Le 1er janvier 2026, la résiliation de la plateforme acme-old a été
enregistrée. Sa boîte e-mail ne sera plus renouvelée.

Fin le 1er février 2026 :
- otto@acme.example

À son échéance, elle sera suspendue, puis supprimée. Merci d’exporter
auparavant les messages que vous souhaitez garder.

Vous avez changé d’avis ? Tant que la plateforme a des boîtes e-mail, la
résiliation peut être annulée : répondez à ce message.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (12,'fr','it@acme.example','Plateforme acme-gone : résiliation enregistrée','Bonjour,

Le 1er janvier 2026, la résiliation de la plateforme acme-gone a été
enregistrée. Elle n’avait plus de boîte e-mail et est fermée.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (15,'fr','it@slow.example','Commande n° 13 : votre nouvelle boîte e-mail','Bonjour,

Votre commande n° 13 est exécutée : une nouvelle boîte e-mail est prête
sur la plateforme slow-pro.

Valable jusqu’au 4 février 2026 :
- sam@slow.example

La facture 2026-000010 a été débitée de votre compte prépayé.

  Date de la facture : 4 janvier 2026
  Total HT : 1,59 €
  TVA (20 %) : 0,32 €
  Total TTC : 1,91 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client محمد 山田 {{7*7}} =1+1 (slow).
');
INSERT INTO notice_text VALUES (20,'de','it@bolt.example','Bestellung 17: Ihre 3 neuen Postfächer','Guten Tag,

Ihre Bestellung 17 ist ausgeführt: Auf der Plattform bolt-hx stehen 3
neue Postfächer bereit.

Laufzeit bis 25. Januar 2027:
- two@bolt.example
- 2 Postfächer ohne Adresse (bolt-hx)

Um ein Postfach ohne Adresse zu nutzen, antworten Sie uns mit der
gewünschten Adresse.

Die Rechnung 2026-000012 wurde von Ihrem Guthabenkonto abgebucht.

  Rechnungsdatum: 25. Januar 2026
  Netto: 129,24 €
  USt. (19 %): 24,56 €
  Gesamtbetrag: 153,80 €

Was Ihr Guthaben nicht deckt, wird gerade über PayPal …B-1 eingezogen:
Sie müssen nichts tun.

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO notice_text VALUES (21,'fr','it@slow.example','Compte prépayé à jour : merci','Bonjour,

Votre compte prépayé est à jour ; la commande n° 14 est close. Merci.

  Solde prépayé ce jour : 7,54 €

Les boîtes e-mail suspendues en raison de la somme manquante
fonctionnent à nouveau. Vous n’avez rien d’autre à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client محمد 山田 {{7*7}} =1+1 (slow).
');
INSERT INTO notice_text VALUES (22,'de','it@bolt.example','Bestellung 19: Ihre 2 neuen Postfächer','Guten Tag,

Ihre Bestellung 19 ist ausgeführt: Auf der Plattform bolt-hx stehen 2
neue Postfächer bereit.

Laufzeit bis 25. Januar 2027:
- 2 Postfächer ohne Adresse (bolt-hx)

Um ein Postfach ohne Adresse zu nutzen, antworten Sie uns mit der
gewünschten Adresse.

Die Rechnung 2026-000013 wurde von Ihrem Guthabenkonto abgebucht.

  Rechnungsdatum: 25. Januar 2026
  Netto: 86,16 €
  USt. (19 %): 16,37 €
  Gesamtbetrag: 102,53 €

Was Ihr Guthaben nicht deckt, wird gerade über PayPal …B-1 eingezogen:
Sie müssen nichts tun.

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO notice_text VALUES (24,'de','it@bolt.example','Wir konnten 58,55 € nicht einziehen','Guten Tag,

Wir konnten 58,55 € über PayPal …B-1 nicht einziehen.

  Derzeit offen: 165,83 €

Antworten Sie auf diese Nachricht; wir sagen Ihnen, wie Sie zahlen
können.

Sie können uns auch ein anderes Zahlungsmittel nennen: Antworten Sie auf
diese Nachricht. Senden Sie nie eine Kartennummer per E-Mail.

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO notice_text VALUES (28,'fr','it@acme.example','Facture 2026-000014 : 15,40 €','Bonjour,

5 de vos boîtes e-mail ont été renouvelées. La facture 2026-000014 de
15,40 € a été débitée de votre compte prépayé.

  Date de la facture : 1er février 2026
  Total HT : 12,83 €
  TVA (20 %) : 2,57 €
  Total TTC : 15,40 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Ce qui est facturé (hors taxes) :
- 3 × E-mail Pro, 1 mois : 5,85 €
- 1 × Hosted Exchange, 1 mois : 3,99 €
- 1 × Private Exchange, 1 mois : 2,99 €

Valable jusqu’au 1er mars 2026 :
- anna@acme.example
- end@acme.example
- hugo.boss@acme.example
- pia@acme.example
- une boîte sans adresse (acme-pro)

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (29,'de','it@bolt.example','Rechnung 2026-000015: 4,75 €','Guten Tag,

Eines Ihrer Postfächer wurde verlängert. Die Rechnung 2026-000015 über
4,75 € wurde von Ihrem Guthabenkonto abgebucht.

  Rechnungsdatum: 1. Februar 2026
  Netto: 3,99 €
  USt. (19 %): 0,76 €
  Gesamtbetrag: 4,75 €

Was Ihr Guthaben nicht deckt, wird gerade über PayPal …B-1 eingezogen:
Sie müssen nichts tun.

Was berechnet wird (netto):
- 1 × Hosted Exchange, 1 Monat: 3,99 €

Laufzeit bis 1. März 2026:
- ben@bolt.example

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO notice_text VALUES (30,'fr','it@acme.example','2 boîtes e-mail suspendues : suppression le 15 février 2026','Bonjour,

Le 1er février 2026, 2 de vos boîtes e-mail ont été suspendues. Elles ne
peuvent plus ni recevoir ni envoyer de messages.

Période payée terminée, suppression le 15 février 2026 :
- otto@acme.example
- susi@acme.example

Pour conserver les boîtes dont la période payée est terminée, répondez à
ce message avant le 15 février 2026. Nous les rouvrirons et facturerons
le temps écoulé depuis leur échéance.

La suppression est définitive : ce qui n’aura pas été exporté d’ici là
sera perdu.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (33,'fr','it@slow.example','Facture 2026-000016 : 2,46 €','Bonjour,

Une de vos boîtes e-mail a été renouvelée. La facture 2026-000016 de
2,46 € a été débitée de votre compte prépayé.

  Date de la facture : 4 février 2026
  Total HT : 2,05 €
  TVA (20 %) : 0,41 €
  Total TTC : 2,46 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Ce qui est facturé (hors taxes) :
- 1 × E-mail Pro, 1 mois : 2,05 €

Valable jusqu’au 4 mars 2026 :
- sam@slow.example

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client محمد 山田 {{7*7}} =1+1 (slow).
');
INSERT INTO notice_text VALUES (34,'fr','it@slow.example','Compte prépayé à jour : merci','Bonjour,

Votre compte prépayé est à jour ; la commande n° 20 est close. Merci.

  Solde prépayé ce jour : 7,54 €

Les boîtes e-mail suspendues en raison de la somme manquante
fonctionnent à nouveau. Vous n’avez rien d’autre à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client محمد 山田 {{7*7}} =1+1 (slow).
');
INSERT INTO notice_text VALUES (41,'fr','it@acme.example','2 boîtes e-mail supprimées','Bonjour,

Le 15 février 2026, 2 de vos boîtes e-mail ont été supprimées, avec tous
leurs messages. C’est irréversible.

Boîtes e-mail concernées :
- otto@acme.example
- susi@acme.example

Elles ne seront plus facturées.

Vous pouvez réutiliser les adresses pour de nouvelles boîtes.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (44,'fr','it@acme.example','Facture 2026-000017 : 15,40 €','Bonjour,

5 de vos boîtes e-mail ont été renouvelées. La facture 2026-000017 de
15,40 € a été débitée de votre compte prépayé.

  Date de la facture : 1er mars 2026
  Total HT : 12,83 €
  TVA (20 %) : 2,57 €
  Total TTC : 15,40 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Ce qui est facturé (hors taxes) :
- 3 × E-mail Pro, 1 mois : 5,85 €
- 1 × Hosted Exchange, 1 mois : 3,99 €
- 1 × Private Exchange, 1 mois : 2,99 €

Valable jusqu’au 1er avril 2026 :
- anna@acme.example
- end@acme.example
- hugo.boss@acme.example
- pia@acme.example
- une boîte sans adresse (acme-pro)

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (45,'de','it@bolt.example','Rechnung 2026-000018: 3,99 €','Guten Tag,

Eines Ihrer Postfächer wurde verlängert. Die Rechnung 2026-000018 über
3,99 € wurde von Ihrem Guthabenkonto abgebucht.

  Rechnungsdatum: 1. März 2026
  Netto: 3,99 €
  USt. (0 %): 0,00 €
  Gesamtbetrag: 3,99 €

Steuerschuldnerschaft des Leistungsempfängers: Die Umsatzsteuer führen
Sie ab (Richtlinie 2006/112/EG, Artikel 44 und 196).

Was Ihr Guthaben nicht deckt, wird gerade über PayPal …B-1 eingezogen:
Sie müssen nichts tun.

Was berechnet wird (netto):
- 1 × Hosted Exchange, 1 Monat: 3,99 €

Laufzeit bis 1. April 2026:
- ben@bolt.example

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO notice_text VALUES (46,'fr','it@slow.example','Facture 2026-000019 : 2,46 €','Bonjour,

Une de vos boîtes e-mail a été renouvelée. La facture 2026-000019 de
2,46 € a été débitée de votre compte prépayé.

  Date de la facture : 4 mars 2026
  Total HT : 2,05 €
  TVA (20 %) : 0,41 €
  Total TTC : 2,46 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Ce qui est facturé (hors taxes) :
- 1 × E-mail Pro, 1 mois : 2,05 €

Valable jusqu’au 4 avril 2026 :
- sam@slow.example

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client محمد 山田 {{7*7}} =1+1 (slow).
');
INSERT INTO notice_text VALUES (47,'de','it@bolt.example','Verlängerung eines Postfachs am 2. Mai 2026','Guten Tag,

Am 2. Mai 2026 wird eines Ihrer Postfächer um ein Jahr verlängert.

Was berechnet wird (netto, gegebenenfalls zuzüglich USt.):
- 1 × Hosted Exchange, 1 Jahr: 190,50 €

  Insgesamt berechnet bis 2. Mai 2026, inkl. USt.: 210,00 €
  Aktuelles Guthaben: -189,32 €

Was Ihr Guthaben nicht deckt, wird über PayPal …B-1 eingezogen: Sie
müssen nichts tun.

Verlängerung am 2. Mai 2026:
- imported@bolt.example

Möchten Sie nicht verlängern, dann antworten Sie vor dem 2. Mai 2026 auf
diese Nachricht.

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO notice_text VALUES (48,'de','it@bolt.example','Wir konnten 111,27 € nicht einziehen','Guten Tag,

Wir konnten 111,27 € über PayPal …B-1 nicht einziehen.

  Derzeit offen: 189,32 €

Antworten Sie auf diese Nachricht; wir sagen Ihnen, wie Sie zahlen
können.

Sie können uns auch ein anderes Zahlungsmittel nennen: Antworten Sie auf
diese Nachricht. Senden Sie nie eine Kartennummer per E-Mail.

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO notice_text VALUES (49,'fr','it@acme.example','Facture 2026-000020 : 34,01 €','Bonjour,

5 de vos boîtes e-mail ont été renouvelées. La facture 2026-000020 de
34,01 € a été débitée de votre compte prépayé.

  Date de la facture : 1er avril 2026
  Total HT : 28,34 €
  TVA (20 %) : 5,67 €
  Total TTC : 34,01 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Ce qui est facturé (hors taxes) :
- 3 × E-mail Pro, 1 mois : 5,85 €
- 1 × Hosted Exchange, 1 mois : 19,50 €
- 1 × Private Exchange, 1 mois : 2,99 €

Valable jusqu’au 1er mai 2026 :
- anna@acme.example
- end@acme.example
- hugo.boss@acme.example
- pia@acme.example
- une boîte sans adresse (acme-pro)

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (50,'de','it@bolt.example','Rechnung 2026-000021: 19,50 €','Guten Tag,

Eines Ihrer Postfächer wurde verlängert. Die Rechnung 2026-000021 über
19,50 € wurde von Ihrem Guthabenkonto abgebucht.

  Rechnungsdatum: 1. April 2026
  Netto: 19,50 €
  USt. (0 %): 0,00 €
  Gesamtbetrag: 19,50 €

Steuerschuldnerschaft des Leistungsempfängers: Die Umsatzsteuer führen
Sie ab (Richtlinie 2006/112/EG, Artikel 44 und 196).

Was Ihr Guthaben nicht deckt, wird gerade über PayPal …B-1 eingezogen:
Sie müssen nichts tun.

Was berechnet wird (netto):
- 1 × Hosted Exchange, 1 Monat: 19,50 €

Laufzeit bis 1. Mai 2026:
- ben@bolt.example

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO notice_text VALUES (51,'fr','it@slow.example','Facture 2026-000022 : 11,40 €','Bonjour,

Une de vos boîtes e-mail a été renouvelée. La facture 2026-000022 de
11,40 € a été débitée de votre compte prépayé.

  Date de la facture : 4 avril 2026
  Total HT : 9,50 €
  TVA (20 %) : 1,90 €
  Total TTC : 11,40 €

Ce que votre solde prépayé ne couvre pas est en cours de prélèvement via
Visa …4242 : vous n’avez rien à faire.

Ce qui est facturé (hors taxes) :
- 1 × E-mail Pro, 1 mois : 9,50 €

Valable jusqu’au 4 mai 2026 :
- sam@slow.example

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client محمد 山田 {{7*7}} =1+1 (slow).
');
INSERT INTO notice_text VALUES (52,'de','it@bolt.example','Verlängerung eines Postfachs am 2. Mai 2026','Guten Tag,

Am 2. Mai 2026 wird eines Ihrer Postfächer um ein Jahr verlängert.

Was berechnet wird (netto, gegebenenfalls zuzüglich USt.):
- 1 × Hosted Exchange, 1 Jahr: 190,50 €

  Insgesamt berechnet bis 2. Mai 2026, inkl. USt.: 210,00 €
  Aktuelles Guthaben: -189,32 €

Was Ihr Guthaben nicht deckt, wird über PayPal …B-1 eingezogen: Sie
müssen nichts tun.

Verlängerung am 2. Mai 2026:
- imported@bolt.example

Möchten Sie nicht verlängern, dann antworten Sie vor dem 2. Mai 2026 auf
diese Nachricht.

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO task VALUES (1,1,'create','anna@acme.example',NULL,'2026-01-01','done',1,NULL);
INSERT INTO task VALUES (2,3,'create','hugo@acme.example',NULL,'2026-01-01','failed',1,'disk full');
INSERT INTO task VALUES (3,4,'create','pia@acme.example',NULL,'2026-01-01','todo',0,NULL);
INSERT INTO task VALUES (4,5,'create','otto@acme.example',NULL,'2026-01-01','todo',0,NULL);
INSERT INTO task VALUES (5,6,'create','ben@bolt.example',NULL,'2026-01-01','todo',0,NULL);
INSERT INTO task VALUES (6,7,'create','susi@acme.example',NULL,'2026-01-01','todo',0,NULL);
INSERT INTO task VALUES (7,8,'create','dora@acme.example',NULL,'2026-01-01','todo',0,NULL);
INSERT INTO task VALUES (8,9,'create','end@acme.example',NULL,'2026-01-01','todo',0,NULL);
INSERT INTO task VALUES (9,10,'create','erased',NULL,'2026-01-01','done',1,NULL);
INSERT INTO task VALUES (10,8,'delete','dora@acme.example',NULL,'2026-01-01','todo',0,NULL);
INSERT INTO task VALUES (11,3,'rename','hugo.boss@acme.example','hugo@acme.example','2026-01-01','todo',0,NULL);
INSERT INTO task VALUES (12,12,'create','sam@slow.example',NULL,'2026-01-04','todo',0,NULL);
INSERT INTO task VALUES (13,13,'create','lea@late.example',NULL,'2026-01-25','todo',0,NULL);
INSERT INTO task VALUES (14,14,'create','two@bolt.example',NULL,'2026-01-25','todo',0,NULL);
INSERT INTO task VALUES (15,5,'suspend','otto@acme.example',NULL,'2026-02-01','todo',0,NULL);
INSERT INTO task VALUES (16,7,'suspend','susi@acme.example',NULL,'2026-02-01','todo',0,NULL);
INSERT INTO task VALUES (17,10,'suspend','erased',NULL,'2026-02-01','done',1,NULL);
INSERT INTO task VALUES (18,13,'suspend','lea@late.example',NULL,'2026-02-02','todo',0,NULL);
INSERT INTO task VALUES (19,5,'delete','otto@acme.example',NULL,'2026-02-15','todo',0,NULL);
INSERT INTO task VALUES (20,7,'delete','susi@acme.example',NULL,'2026-02-15','todo',0,NULL);
INSERT INTO task VALUES (21,10,'delete','erased',NULL,'2026-02-15','done',1,NULL);
INSERT INTO task VALUES (22,13,'delete','lea@late.example',NULL,'2026-02-16','todo',0,NULL);
INSERT INTO task VALUES (23,20,'create','late.order@acme.example',NULL,'2026-04-25','todo',0,NULL);
INSERT INTO journal VALUES (1,1,'2026-01-01','store-made','store','{"clock":"manual","timezone":"Etc/UTC"}',NULL);
INSERT INTO journal VALUES (2,2,'2026-01-01','setting-changed','setting/seller-name','{"new":"Müller & Söhne «Hébergement»","old":""}',NULL);
INSERT INTO journal VALUES (3,3,'2026-01-01','customer-added','customer/acme',NULL,'11ca5b00d07877c30902e042670d9d2e3e201dcb93693ca16ffb5117dd84b813');
INSERT INTO journal VALUES (4,4,'2026-01-01','customer-added','customer/bolt',NULL,'5c43d3f06b4ccc80ecb9a3bdf6dd3b8c49d4fe5f2aa5ed0e75f9a5169d31fec6');
INSERT INTO journal VALUES (5,5,'2026-01-01','customer-added','customer/late',NULL,'acd0519b05726868a70350f2dfe7fe2492917446ea439658b9c190c062561b68');
INSERT INTO journal VALUES (6,6,'2026-01-01','customer-added','customer/slow',NULL,'fbc1b19bb7f6af50cfa442c7b49751c575439b39dc64926d575f04204c683cb2');
INSERT INTO journal VALUES (7,7,'2026-01-01','customer-added','customer/gone',NULL,'014c60f9ee45f7408639b788c02edb82392943a5241dc6c32a39e4a7d77d56a1');
INSERT INTO journal VALUES (8,8,'2026-01-01','credited','customer/acme','{"balance_cents":50000,"cents":50000,"order":1}',NULL);
INSERT INTO journal VALUES (9,9,'2026-01-01','credited','customer/bolt','{"balance_cents":10000,"cents":10000,"order":2}',NULL);
INSERT INTO journal VALUES (10,10,'2026-01-01','credited','customer/gone','{"balance_cents":2000,"cents":2000,"order":3}',NULL);
INSERT INTO journal VALUES (11,11,'2026-01-01','platform-added','platform/acme-pro','{"customer":"acme","offer":"email-pro"}',NULL);
INSERT INTO journal VALUES (12,12,'2026-01-01','platform-added','platform/acme-hx','{"customer":"acme","offer":"hosted-exchange"}',NULL);
INSERT INTO journal VALUES (13,13,'2026-01-01','platform-added','platform/acme-priv','{"customer":"acme","offer":"private-exchange"}',NULL);
INSERT INTO journal VALUES (14,14,'2026-01-01','platform-added','platform/acme-old','{"customer":"acme","offer":"hosted-exchange"}',NULL);
INSERT INTO journal VALUES (15,15,'2026-01-01','platform-added','platform/acme-gone','{"customer":"acme","offer":"email-pro"}',NULL);
INSERT INTO journal VALUES (16,16,'2026-01-01','platform-added','platform/acme-end','{"customer":"acme","offer":"email-pro"}',NULL);
INSERT INTO journal VALUES (17,17,'2026-01-01','platform-added','platform/bolt-hx','{"customer":"bolt","offer":"hosted-exchange"}',NULL);
INSERT INTO journal VALUES (18,18,'2026-01-01','platform-added','platform/late-pro','{"customer":"late","offer":"email-pro"}',NULL);
INSERT INTO journal VALUES (19,19,'2026-01-01','platform-added','platform/slow-pro','{"customer":"slow","offer":"email-pro"}',NULL);
INSERT INTO journal VALUES (20,20,'2026-01-01','platform-added','platform/gone-pro','{"customer":"gone","offer":"email-pro"}',NULL);
INSERT INTO journal VALUES (21,21,'2026-01-01','offer-added','offer/retired','{"label":"retired","like":"email-pro"}',NULL);
INSERT INTO journal VALUES (22,22,'2026-01-01','offer-added','offer/special','{"label":"Spécial 100 %","like":"email-pro"}',NULL);
INSERT INTO journal VALUES (23,23,'2026-01-01','price-set','customer/acme','{"cents":195,"from_on":"2026-01-01","offer":"email-pro","period":"monthly"}',NULL);
INSERT INTO journal VALUES (24,24,'2026-01-01','price-set','offer/email-pro','{"cents":205,"from_on":"2026-02-01","offer":"email-pro","period":"monthly"}',NULL);
INSERT INTO journal VALUES (25,25,'2026-01-01','offer-closed','offer/retired',NULL,NULL);
INSERT INTO journal VALUES (26,26,'2026-01-01','domain-claimed','customer/acme',NULL,'1a7625c37775c40d2d3a3b1da4ac4a6d3877758ff7f68135dc99f256280343ea');
INSERT INTO journal VALUES (27,26,'2026-01-01','ordered','account/1','{"expires_on":"2026-02-01","order":4,"period":"monthly"}','78d354c78c15a5021491ce9eea2cb6f4f4a053fa88b0b6798449e4b746b083c1');
INSERT INTO journal VALUES (28,26,'2026-01-01','ordered','account/2','{"expires_on":"2026-02-01","order":4,"period":"monthly"}',NULL);
INSERT INTO journal VALUES (29,26,'2026-01-01','ordered','order/4','{"accounts":2,"kind":"accounts","platform":"acme-pro","total_cents":468}',NULL);
INSERT INTO journal VALUES (30,26,'2026-01-01','invoiced','customer/acme','{"balance_cents":49532,"invoice":"2026-000001","total_cents":468}',NULL);
INSERT INTO journal VALUES (31,27,'2026-01-01','ordered','account/3','{"expires_on":"2026-02-01","order":5,"period":"monthly"}','f0410c86bc7064639a0667488ed3cd40e4c8e0b0d089e8d1bdcf285b38dbf468');
INSERT INTO journal VALUES (32,27,'2026-01-01','ordered','order/5','{"accounts":1,"kind":"accounts","platform":"acme-hx","total_cents":479}',NULL);
INSERT INTO journal VALUES (33,27,'2026-01-01','invoiced','customer/acme','{"balance_cents":49053,"invoice":"2026-000002","total_cents":479}',NULL);
INSERT INTO journal VALUES (34,28,'2026-01-01','ordered','account/4','{"expires_on":"2026-02-01","order":6,"period":"monthly"}','2bcc908c579c4e62234e2957b1df3e9d45e66d4e39fb740cd9e1bc09d1fac45e');
INSERT INTO journal VALUES (35,28,'2026-01-01','ordered','order/6','{"accounts":1,"kind":"accounts","platform":"acme-priv","total_cents":359}',NULL);
INSERT INTO journal VALUES (36,28,'2026-01-01','invoiced','customer/acme','{"balance_cents":48694,"invoice":"2026-000003","total_cents":359}',NULL);
INSERT INTO journal VALUES (37,29,'2026-01-01','ordered','account/5','{"expires_on":"2026-02-01","order":7,"period":"monthly"}','d41bba29afd59d223b9fcd40a671c50e4015937ef5f778f82ed377edcf21bcf8');
INSERT INTO journal VALUES (38,29,'2026-01-01','ordered','order/7','{"accounts":1,"kind":"accounts","platform":"acme-old","total_cents":479}',NULL);
INSERT INTO journal VALUES (39,29,'2026-01-01','invoiced','customer/acme','{"balance_cents":48215,"invoice":"2026-000004","total_cents":479}',NULL);
INSERT INTO journal VALUES (40,30,'2026-01-01','domain-claimed','customer/bolt',NULL,'a01b58a7cd5e1cfac1fb464be048ae4d2efae8eda7447fd767f0d9077978004b');
INSERT INTO journal VALUES (41,30,'2026-01-01','ordered','account/6','{"expires_on":"2026-02-01","order":8,"period":"monthly"}','25a3e45c06fda1a7c6ea5bd7def8ee8229e3d2834ba54abe56521147c040b7d4');
INSERT INTO journal VALUES (42,30,'2026-01-01','ordered','order/8','{"accounts":1,"kind":"accounts","platform":"bolt-hx","total_cents":475}',NULL);
INSERT INTO journal VALUES (43,30,'2026-01-01','invoiced','customer/bolt','{"balance_cents":9525,"invoice":"2026-000005","total_cents":475}',NULL);
INSERT INTO journal VALUES (44,31,'2026-01-01','ordered','account/7','{"expires_on":"2026-02-01","order":9,"period":"monthly"}','398385c096ccb398ef234564aa9d1f4e36eb9a546d4280ebfaf24882a1f1d5e3');
INSERT INTO journal VALUES (45,31,'2026-01-01','ordered','order/9','{"accounts":1,"kind":"accounts","platform":"acme-hx","total_cents":479}',NULL);
INSERT INTO journal VALUES (46,31,'2026-01-01','invoiced','customer/acme','{"balance_cents":47736,"invoice":"2026-000006","total_cents":479}',NULL);
INSERT INTO journal VALUES (47,32,'2026-01-01','ordered','account/8','{"expires_on":"2026-02-01","order":10,"period":"monthly"}','75f078dbed00db3d8215c05572e296012c9c6a378c52340874019b66d09d72b8');
INSERT INTO journal VALUES (48,32,'2026-01-01','ordered','order/10','{"accounts":1,"kind":"accounts","platform":"acme-priv","total_cents":359}',NULL);
INSERT INTO journal VALUES (49,32,'2026-01-01','invoiced','customer/acme','{"balance_cents":47377,"invoice":"2026-000007","total_cents":359}',NULL);
INSERT INTO journal VALUES (50,33,'2026-01-01','ordered','account/9','{"expires_on":"2026-02-01","order":11,"period":"monthly"}','f69cddacc4c5c80873bbd7438856bf5f4e692513e2853a289d4b68a608d1bc0c');
INSERT INTO journal VALUES (51,33,'2026-01-01','ordered','order/11','{"accounts":1,"kind":"accounts","platform":"acme-end","total_cents":234}',NULL);
INSERT INTO journal VALUES (52,33,'2026-01-01','invoiced','customer/acme','{"balance_cents":47143,"invoice":"2026-000008","total_cents":234}',NULL);
INSERT INTO journal VALUES (53,34,'2026-01-01','domain-claimed','customer/gone',NULL,'e176ea5d8e96b61f4de722e7214aac10408928ed85d3cb035cacb528d148bb72');
INSERT INTO journal VALUES (54,34,'2026-01-01','ordered','account/10','{"expires_on":"2026-02-01","order":12,"period":"monthly"}','1e88b812211566dc24cb8fe0d80b4456f7b76b3aa7ad1fcc106b534b0c744731');
INSERT INTO journal VALUES (55,34,'2026-01-01','ordered','order/12','{"accounts":1,"kind":"accounts","platform":"gone-pro","total_cents":191}',NULL);
INSERT INTO journal VALUES (56,34,'2026-01-01','invoiced','customer/gone','{"balance_cents":1809,"invoice":"2026-000009","total_cents":191}',NULL);
INSERT INTO journal VALUES (57,35,'2026-01-01','imported','account/11','{"expires_on":"2026-05-02","period":"yearly","renewal":"yearly"}','0667c89bb63bdd62bb5e4559b72ded33c777cf85d74ef591ce2fd161b6c28054');
INSERT INTO journal VALUES (58,36,'2026-01-01','deleted','account/8',NULL,NULL);
INSERT INTO journal VALUES (59,37,'2026-01-01','renewal-changed','account/7','{"effective_on":"2026-02-01","new":"none","old":"monthly"}',NULL);
INSERT INTO journal VALUES (60,38,'2026-01-01','renewal-changed','account/10','{"effective_on":"2026-02-01","new":"none","old":"monthly"}',NULL);
INSERT INTO journal VALUES (61,39,'2026-01-01','renamed','account/3',NULL,'1ffb8d2465d7384da5a77d6ce0facf299b8fe58b080b175e46b9a91cc0a99bc9');
INSERT INTO journal VALUES (62,40,'2026-01-01','renewal-changed','account/5','{"effective_on":"2026-02-01","new":"none","old":"monthly"}',NULL);
INSERT INTO journal VALUES (63,40,'2026-01-01','cancelled','platform/acme-old','{"accounts":1,"reason":null}',NULL);
INSERT INTO journal VALUES (64,41,'2026-01-01','cancelled','platform/acme-gone','{"accounts":0,"reason":null}',NULL);
INSERT INTO journal VALUES (65,41,'2026-01-01','closed','platform/acme-gone',NULL,NULL);
INSERT INTO journal VALUES (66,42,'2026-01-01','deletion-asked','platform/acme-end','{"valid_until_on":"2026-01-04"}',NULL);
INSERT INTO journal VALUES (67,43,'2026-01-01','deletion-asked','platform/acme-end','{"valid_until_on":"2026-01-04"}',NULL);
INSERT INTO journal VALUES (68,44,'2026-01-01','method-added','customer/acme','{"kind":"bank","method":1}',NULL);
INSERT INTO journal VALUES (69,45,'2026-01-01','method-added','customer/bolt','{"kind":"paypal","method":2}',NULL);
INSERT INTO journal VALUES (70,46,'2026-01-01','method-added','customer/slow','{"kind":"card","method":3}',NULL);
INSERT INTO journal VALUES (71,47,'2026-01-04','domain-claimed','customer/slow',NULL,'64135025f0e1961d9592e9ff168b78e5beee2eaaf537295f969c3f88a2978ae4');
INSERT INTO journal VALUES (72,47,'2026-01-04','ordered','account/12','{"expires_on":"2026-02-04","order":13,"period":"monthly"}','98983eb36a792f573e4c0fdec188dd5622974a421fde75a64e1360eb8215fbd7');
INSERT INTO journal VALUES (73,47,'2026-01-04','ordered','order/13','{"accounts":1,"kind":"accounts","platform":"slow-pro","total_cents":191}',NULL);
INSERT INTO journal VALUES (74,47,'2026-01-04','invoiced','customer/slow','{"balance_cents":-191,"invoice":"2026-000010","total_cents":191}',NULL);
INSERT INTO journal VALUES (75,47,'2026-01-04','payment-created','customer/slow','{"cents":191,"method":3,"payment":1}',NULL);
INSERT INTO journal VALUES (76,47,'2026-01-04','debt-opened','customer/slow','{"debt_cents":191,"due_on":"2026-02-03","order":14}',NULL);
INSERT INTO journal VALUES (77,48,'2026-01-17','notice-queued','customer/acme','{"kind":"expiry-coming","notice":16}',NULL);
INSERT INTO journal VALUES (78,48,'2026-01-17','notice-queued','customer/gone','{"kind":"expiry-coming","notice":17}',NULL);
INSERT INTO journal VALUES (79,49,'2026-01-25','domain-claimed','customer/late',NULL,'6f3d7b3c5ae8f07f02340d919c3b834cb986ee16d9227520d1b1b2dc2741f430');
INSERT INTO journal VALUES (80,49,'2026-01-25','ordered','account/13','{"expires_on":"2026-02-25","order":15,"period":"monthly"}','84bf67be6326bf144a5d8340ced91aeda6ca18c59d786ee02bac555395fe8aa7');
INSERT INTO journal VALUES (81,49,'2026-01-25','ordered','order/15','{"accounts":1,"kind":"accounts","platform":"late-pro","total_cents":191}',NULL);
INSERT INTO journal VALUES (82,49,'2026-01-25','invoiced','customer/late','{"balance_cents":-191,"invoice":"2026-000011","total_cents":191}',NULL);
INSERT INTO journal VALUES (83,49,'2026-01-25','debt-opened','customer/late','{"debt_cents":191,"due_on":"2026-02-01","order":16}',NULL);
INSERT INTO journal VALUES (84,50,'2026-01-25','ordered','account/14','{"expires_on":"2027-01-25","order":17,"period":"yearly"}','45e8dbe9861ee4ce7aaec17267797ed2d8a930efc60cedb119787d84fa43d8de');
INSERT INTO journal VALUES (85,50,'2026-01-25','ordered','account/15','{"expires_on":"2027-01-25","order":17,"period":"yearly"}',NULL);
INSERT INTO journal VALUES (86,50,'2026-01-25','ordered','account/16','{"expires_on":"2027-01-25","order":17,"period":"yearly"}',NULL);
INSERT INTO journal VALUES (87,50,'2026-01-25','ordered','order/17','{"accounts":3,"kind":"accounts","platform":"bolt-hx","total_cents":15380}',NULL);
INSERT INTO journal VALUES (88,50,'2026-01-25','invoiced','customer/bolt','{"balance_cents":-5855,"invoice":"2026-000012","total_cents":15380}',NULL);
INSERT INTO journal VALUES (89,50,'2026-01-25','payment-created','customer/bolt','{"cents":5855,"method":2,"payment":2}',NULL);
INSERT INTO journal VALUES (90,50,'2026-01-25','debt-opened','customer/bolt','{"debt_cents":5855,"due_on":"2026-02-01","order":18}',NULL);
INSERT INTO journal VALUES (91,51,'2026-01-25','payments-exported','export/paypal','{"cents":5855,"collect_on":null,"format":"csv","payments":[2]}',NULL);
INSERT INTO journal VALUES (92,52,'2026-01-25','payment-settled','customer/slow','{"balance_cents":0,"cents":191,"payment":1}',NULL);
INSERT INTO journal VALUES (93,52,'2026-01-25','debt-settled','customer/slow','{"order":14,"status":"cancelled"}',NULL);
INSERT INTO journal VALUES (94,53,'2026-01-25','ordered','account/17','{"expires_on":"2027-01-25","order":19,"period":"yearly"}',NULL);
INSERT INTO journal VALUES (95,53,'2026-01-25','ordered','account/18','{"expires_on":"2027-01-25","order":19,"period":"yearly"}',NULL);
INSERT INTO journal VALUES (96,53,'2026-01-25','ordered','order/19','{"accounts":2,"kind":"accounts","platform":"bolt-hx","total_cents":10253}',NULL);
INSERT INTO journal VALUES (97,53,'2026-01-25','invoiced','customer/bolt','{"balance_cents":-16108,"invoice":"2026-000013","total_cents":10253}',NULL);
INSERT INTO journal VALUES (98,53,'2026-01-25','payment-created','customer/bolt','{"cents":10253,"method":2,"payment":3}',NULL);
INSERT INTO journal VALUES (99,54,'2026-01-25','cancelled','platform/gone-pro','{"accounts":1,"reason":null}',NULL);
INSERT INTO journal VALUES (100,55,'2026-01-25','payment-try-failed','customer/bolt','{"next_try_on":"2026-01-26","payment":2,"tries":1}','355deb191823b74d09d4abdbbc1d588beb1629ad2e559f8022883d5ac6ec7d21');
INSERT INTO journal VALUES (101,56,'2026-01-29','notice-queued','customer/acme','{"kind":"expiry-coming","notice":25}',NULL);
INSERT INTO journal VALUES (102,56,'2026-01-29','notice-queued','customer/gone','{"kind":"expiry-coming","notice":26}',NULL);
INSERT INTO journal VALUES (103,57,'2026-01-30','notice-queued','customer/late','{"kind":"debt-reminder","notice":27}',NULL);
INSERT INTO journal VALUES (104,58,'2026-02-01','invoiced','customer/acme','{"balance_cents":45603,"invoice":"2026-000014","total_cents":1540}',NULL);
INSERT INTO journal VALUES (105,58,'2026-02-01','invoiced','customer/bolt','{"balance_cents":-16583,"invoice":"2026-000015","total_cents":475}',NULL);
INSERT INTO journal VALUES (106,58,'2026-02-01','payment-created','customer/bolt','{"cents":475,"method":2,"payment":4}',NULL);
INSERT INTO journal VALUES (107,58,'2026-02-01','renewed','account/1','{"expires_on":"2026-03-01","period":"monthly","was":"2026-02-01"}',NULL);
INSERT INTO journal VALUES (108,58,'2026-02-01','renewed','account/2','{"expires_on":"2026-03-01","period":"monthly","was":"2026-02-01"}',NULL);
INSERT INTO journal VALUES (109,58,'2026-02-01','renewed','account/3','{"expires_on":"2026-03-01","period":"monthly","was":"2026-02-01"}',NULL);
INSERT INTO journal VALUES (110,58,'2026-02-01','renewed','account/4','{"expires_on":"2026-03-01","period":"monthly","was":"2026-02-01"}',NULL);
INSERT INTO journal VALUES (111,58,'2026-02-01','renewed','account/6','{"expires_on":"2026-03-01","period":"monthly","was":"2026-02-01"}',NULL);
INSERT INTO journal VALUES (112,58,'2026-02-01','renewed','account/9','{"expires_on":"2026-03-01","period":"monthly","was":"2026-02-01"}',NULL);
INSERT INTO journal VALUES (113,58,'2026-02-01','suspended','account/5','{"deletes_on":"2026-02-15","suspended_for":"expired"}',NULL);
INSERT INTO journal VALUES (114,58,'2026-02-01','suspended','account/7','{"deletes_on":"2026-02-15","suspended_for":"expired"}',NULL);
INSERT INTO journal VALUES (115,58,'2026-02-01','suspended','account/10','{"deletes_on":"2026-02-15","suspended_for":"expired"}',NULL);
INSERT INTO journal VALUES (116,58,'2026-02-01','notice-queued','customer/acme','{"kind":"invoice-issued","notice":28}',NULL);
INSERT INTO journal VALUES (117,58,'2026-02-01','notice-queued','customer/bolt','{"kind":"invoice-issued","notice":29}',NULL);
INSERT INTO journal VALUES (118,58,'2026-02-01','notice-queued','customer/acme','{"kind":"accounts-suspended","notice":30}',NULL);
INSERT INTO journal VALUES (119,58,'2026-02-01','notice-queued','customer/gone','{"kind":"accounts-suspended","notice":31}',NULL);
INSERT INTO journal VALUES (120,59,'2026-02-02','suspended','account/13','{"deletes_on":"2026-02-16","suspended_for":"debt"}',NULL);
INSERT INTO journal VALUES (121,59,'2026-02-02','notice-queued','customer/late','{"kind":"accounts-suspended","notice":32}',NULL);
INSERT INTO journal VALUES (122,60,'2026-02-04','invoiced','customer/slow','{"balance_cents":-246,"invoice":"2026-000016","total_cents":246}',NULL);
INSERT INTO journal VALUES (123,60,'2026-02-04','payment-created','customer/slow','{"cents":246,"method":3,"payment":5}',NULL);
INSERT INTO journal VALUES (124,60,'2026-02-04','debt-opened','customer/slow','{"debt_cents":246,"due_on":"2026-03-06","order":20}',NULL);
INSERT INTO journal VALUES (125,60,'2026-02-04','renewed','account/12','{"expires_on":"2026-03-04","period":"monthly","was":"2026-02-04"}',NULL);
INSERT INTO journal VALUES (126,60,'2026-02-04','notice-queued','customer/slow','{"kind":"invoice-issued","notice":33}',NULL);
INSERT INTO journal VALUES (127,61,'2026-02-05','credited','customer/slow','{"balance_cents":754,"cents":1000,"order":21}',NULL);
INSERT INTO journal VALUES (128,61,'2026-02-05','payment-cancelled','customer/slow','{"payment":5}',NULL);
INSERT INTO journal VALUES (129,61,'2026-02-05','debt-settled','customer/slow','{"order":20,"status":"cancelled"}',NULL);
INSERT INTO journal VALUES (130,62,'2026-02-05','invoice-credited','customer/acme','{"balance_cents":46071,"credit_note":"AV2026-000001","invoice":"2026-000001","total_cents":468}',NULL);
INSERT INTO journal VALUES (131,63,'2026-02-05','price-set','customer/bolt','{"cents":150,"from_on":"2026-02-05","offer":"email-pro","period":"monthly"}',NULL);
INSERT INTO journal VALUES (132,64,'2026-02-05','price-set','offer/email-pro','{"cents":950,"from_on":"2026-03-10","offer":"email-pro","period":"monthly"}',NULL);
INSERT INTO journal VALUES (133,65,'2026-02-05','price-set','offer/hosted-exchange','{"cents":1950,"from_on":"2026-03-25","offer":"hosted-exchange","period":"monthly"}',NULL);
INSERT INTO journal VALUES (134,66,'2026-02-05','price-set','offer/hosted-exchange','{"cents":19050,"from_on":"2026-03-25","offer":"hosted-exchange","period":"yearly"}',NULL);
INSERT INTO journal VALUES (135,67,'2026-02-05','setting-changed','setting/mail-host','{"new":"127.0.0.1","old":""}',NULL);
INSERT INTO journal VALUES (136,68,'2026-02-05','setting-changed','setting/mail-port','{"new":"59773","old":"587"}',NULL);
INSERT INTO journal VALUES (137,69,'2026-02-05','setting-changed','setting/mail-tls','{"new":"none","old":"starttls"}',NULL);
INSERT INTO journal VALUES (138,70,'2026-02-05','setting-changed','setting/mail-from','{"new":"billing@host.example","old":""}',NULL);
INSERT INTO journal VALUES (139,71,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":1,"try":1}',NULL);
INSERT INTO journal VALUES (140,72,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":1,"try":1}','845570ba26e4368be3d1b61f89e1049953baa072aab16db4ecd69104c6a8ceeb');
INSERT INTO journal VALUES (141,73,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":2,"try":1}',NULL);
INSERT INTO journal VALUES (142,74,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":2,"try":1}','0bb119c4d4434331c7715fd803332ad173d376d2935fb89b87b26a958ed5e3e4');
INSERT INTO journal VALUES (143,75,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":3,"try":1}',NULL);
INSERT INTO journal VALUES (144,76,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":3,"try":1}','5175fdc9cbfc5ea7ffb1efbd2364ac43c6dca5fb6f001deb516648cf4a9b4913');
INSERT INTO journal VALUES (145,77,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":4,"try":1}',NULL);
INSERT INTO journal VALUES (146,78,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":4,"try":1}','0a947f3ed8bca465eaaf3f74c364c78021adf0c61bbef1204b298f0af672e727');
INSERT INTO journal VALUES (147,79,'2026-02-05','notice-tried','customer/bolt','{"kind":"order-confirmed","notice":5,"try":1}',NULL);
INSERT INTO journal VALUES (148,80,'2026-02-05','notice-sent','customer/bolt','{"kind":"order-confirmed","notice":5,"try":1}','f4a5ffb112dcd210ab3940df899a633d4535e0730cd6379243b4129dcb82076c');
INSERT INTO journal VALUES (149,81,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":6,"try":1}',NULL);
INSERT INTO journal VALUES (150,82,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":6,"try":1}','7890d7800d71fcb3e8163aaa365bf52a3326a42570f10e0fbb313dcc41c561e0');
INSERT INTO journal VALUES (151,83,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":7,"try":1}',NULL);
INSERT INTO journal VALUES (152,84,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":7,"try":1}','a2288bd86f134493b7c5b6a36357fdf7da56fc698410f969bf92c6bc09fa82f9');
INSERT INTO journal VALUES (153,85,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":8,"try":1}',NULL);
INSERT INTO journal VALUES (154,86,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":8,"try":1}','d1ed8c1ff5fe47b29faee08f75cc9a07ed972a59363cee3878d8eb2607318ea7');
INSERT INTO journal VALUES (155,87,'2026-02-05','notice-tried','customer/gone','{"kind":"order-confirmed","notice":9,"try":1}',NULL);
INSERT INTO journal VALUES (156,88,'2026-02-05','notice-sent','customer/gone','{"kind":"order-confirmed","notice":9,"try":1}','336aa4a16216182aa0771ca1b2bf5245deb716b06690631fc02e8f4b83cad510');
INSERT INTO journal VALUES (157,89,'2026-02-05','notice-tried','customer/acme','{"kind":"accounts-deleted","notice":10,"try":1}',NULL);
INSERT INTO journal VALUES (158,90,'2026-02-05','notice-sent','customer/acme','{"kind":"accounts-deleted","notice":10,"try":1}','87f25526f6f892d436c6469bc196584b11eee4be9805989cda1534d6353ba9cf');
INSERT INTO journal VALUES (159,91,'2026-02-05','notice-tried','customer/acme','{"kind":"cancel-recorded","notice":11,"try":1}',NULL);
INSERT INTO journal VALUES (160,92,'2026-02-05','notice-sent','customer/acme','{"kind":"cancel-recorded","notice":11,"try":1}','9c8379e5e9df5a2d560e98311b9c2c10fc7fb346825da995a4a46d0d4f6fac5d');
INSERT INTO journal VALUES (161,93,'2026-02-05','notice-tried','customer/acme','{"kind":"cancel-recorded","notice":12,"try":1}',NULL);
INSERT INTO journal VALUES (162,94,'2026-02-05','notice-sent','customer/acme','{"kind":"cancel-recorded","notice":12,"try":1}','59ebe3c8b7e1c49f824aa5ec9b50d62c0a74faf4e9122dd4c746532ab408b2f8');
INSERT INTO journal VALUES (163,95,'2026-02-05','notice-outdated','customer/acme','{"kind":"delete-token","notice":13}',NULL);
INSERT INTO journal VALUES (164,96,'2026-02-05','notice-outdated','customer/acme','{"kind":"delete-token","notice":14}',NULL);
INSERT INTO journal VALUES (165,97,'2026-02-05','notice-tried','customer/slow','{"kind":"order-confirmed","notice":15,"try":1}',NULL);
INSERT INTO journal VALUES (166,98,'2026-02-05','notice-sent','customer/slow','{"kind":"order-confirmed","notice":15,"try":1}','96115a6910ec251423bbae260bb090bb48164ffe070e52080f6aabe7b04acee3');
INSERT INTO journal VALUES (167,99,'2026-02-05','notice-outdated','customer/acme','{"kind":"expiry-coming","notice":16}',NULL);
INSERT INTO journal VALUES (168,100,'2026-02-05','notice-outdated','customer/gone','{"kind":"expiry-coming","notice":17}',NULL);
INSERT INTO journal VALUES (169,101,'2026-02-05','notice-tried','customer/late','{"kind":"order-confirmed","notice":18,"try":1}',NULL);
INSERT INTO journal VALUES (170,102,'2026-02-05','notice-refused','customer/late','{"kind":"order-confirmed","notice":18,"try":1}','52eb49d7cd49ddf9823e2c98e100ebb7d22345d985dbbd82d28bb91f47470ef5');
INSERT INTO journal VALUES (171,103,'2026-02-05','notice-tried','customer/late','{"kind":"debt-opened","notice":19,"try":1}',NULL);
INSERT INTO journal VALUES (172,104,'2026-02-05','notice-refused','customer/late','{"kind":"debt-opened","notice":19,"try":1}','362d71ad4c1ee6823137a67757e7e1d6daeb6dbafe5e8cf3964af73c54f366c9');
INSERT INTO journal VALUES (173,105,'2026-02-05','notice-tried','customer/bolt','{"kind":"order-confirmed","notice":20,"try":1}',NULL);
INSERT INTO journal VALUES (174,106,'2026-02-05','notice-sent','customer/bolt','{"kind":"order-confirmed","notice":20,"try":1}','9abd7930622b600ae048e3479b86fdf6702770361de289f2bd243e037f66d8a7');
INSERT INTO journal VALUES (175,107,'2026-02-05','notice-tried','customer/slow','{"kind":"debt-settled","notice":21,"try":1}',NULL);
INSERT INTO journal VALUES (176,108,'2026-02-05','notice-sent','customer/slow','{"kind":"debt-settled","notice":21,"try":1}','17879aab3890995a38653d0607906543980a6ee2d48206bb14005a2d39d6f4dc');
INSERT INTO journal VALUES (177,109,'2026-02-05','notice-tried','customer/bolt','{"kind":"order-confirmed","notice":22,"try":1}',NULL);
INSERT INTO journal VALUES (178,110,'2026-02-05','notice-sent','customer/bolt','{"kind":"order-confirmed","notice":22,"try":1}','d4d22123f4ca786caca4654ab2a642906dbd7bedca2c344f5d9863acbdb25729');
INSERT INTO journal VALUES (179,111,'2026-02-05','notice-tried','customer/gone','{"kind":"cancel-recorded","notice":23,"try":1}',NULL);
INSERT INTO journal VALUES (180,112,'2026-02-05','notice-sent','customer/gone','{"kind":"cancel-recorded","notice":23,"try":1}','72c747eb5a97beb67f48fb72e9193eeb7a64a87880bf645acd958891cf75ff94');
INSERT INTO journal VALUES (181,113,'2026-02-05','notice-tried','customer/bolt','{"kind":"payment-failed","notice":24,"try":1}',NULL);
INSERT INTO journal VALUES (182,114,'2026-02-05','notice-sent','customer/bolt','{"kind":"payment-failed","notice":24,"try":1}','628ac4e9ab08e34770b0e64511740eb5f767623bb10d6c7fa9dab56a7c2d62aa');
INSERT INTO journal VALUES (183,115,'2026-02-05','notice-outdated','customer/acme','{"kind":"expiry-coming","notice":25}',NULL);
INSERT INTO journal VALUES (184,116,'2026-02-05','notice-outdated','customer/gone','{"kind":"expiry-coming","notice":26}',NULL);
INSERT INTO journal VALUES (185,117,'2026-02-05','notice-outdated','customer/late','{"kind":"debt-reminder","notice":27}',NULL);
INSERT INTO journal VALUES (186,118,'2026-02-05','notice-tried','customer/acme','{"kind":"invoice-issued","notice":28,"try":1}',NULL);
INSERT INTO journal VALUES (187,119,'2026-02-05','notice-sent','customer/acme','{"kind":"invoice-issued","notice":28,"try":1}','fe3cba7b734ed27b0b800fa1bfd23219590e1d1ac3cd12d59adbe87b77ff1ee4');
INSERT INTO journal VALUES (188,120,'2026-02-05','notice-tried','customer/bolt','{"kind":"invoice-issued","notice":29,"try":1}',NULL);
INSERT INTO journal VALUES (189,121,'2026-02-05','notice-sent','customer/bolt','{"kind":"invoice-issued","notice":29,"try":1}','64a2b67918e9bfbcc8a4f8bc5a4c4c4806f8cdfbea215ebee174ff1c8dafef87');
INSERT INTO journal VALUES (190,122,'2026-02-05','notice-tried','customer/acme','{"kind":"accounts-suspended","notice":30,"try":1}',NULL);
INSERT INTO journal VALUES (191,123,'2026-02-05','notice-sent','customer/acme','{"kind":"accounts-suspended","notice":30,"try":1}','84ba7844b2119c2e95be9193908f43ee77bdeb52f15e191e7e1e1fdd65059384');
INSERT INTO journal VALUES (192,124,'2026-02-05','notice-tried','customer/gone','{"kind":"accounts-suspended","notice":31,"try":1}',NULL);
INSERT INTO journal VALUES (193,125,'2026-02-05','notice-sent','customer/gone','{"kind":"accounts-suspended","notice":31,"try":1}','1192c9ce0676801294fbba12f4ee54dc5e97956261a24d68a7b4161853f72928');
INSERT INTO journal VALUES (194,126,'2026-02-05','notice-tried','customer/late','{"kind":"accounts-suspended","notice":32,"try":1}',NULL);
INSERT INTO journal VALUES (195,127,'2026-02-05','notice-refused','customer/late','{"kind":"accounts-suspended","notice":32,"try":1}','ce99537c7507859aea30362d3723bc4efed63565e8afb76d11ddd6a28c0eb243');
INSERT INTO journal VALUES (196,128,'2026-02-05','notice-tried','customer/slow','{"kind":"invoice-issued","notice":33,"try":1}',NULL);
INSERT INTO journal VALUES (197,129,'2026-02-05','notice-sent','customer/slow','{"kind":"invoice-issued","notice":33,"try":1}','c8e8d0530c65e7efb3441c58f1b776f494416b4f85632834fd4bd444ff7d5e75');
INSERT INTO journal VALUES (198,130,'2026-02-05','notice-tried','customer/slow','{"kind":"debt-settled","notice":34,"try":1}',NULL);
INSERT INTO journal VALUES (199,131,'2026-02-05','notice-sent','customer/slow','{"kind":"debt-settled","notice":34,"try":1}','082c75ad25e4e64e282e546a6726ec75ae62a359e496701452ecd436881a4741');
INSERT INTO journal VALUES (200,132,'2026-02-05','task-done','account/1','{"task":1}',NULL);
INSERT INTO journal VALUES (201,133,'2026-02-05','task-failed','account/3','{"task":2}',NULL);
INSERT INTO journal VALUES (202,134,'2026-02-05','rate-set','tax/LU','{"from_on":"2026-03-01","rate":1800}',NULL);
INSERT INTO journal VALUES (203,135,'2026-02-05','customer-edited','customer/bolt','{"changed":["vat_number"]}','5921657cd4cd9fa66546bc8312720e5c845abbc04728a1a46270486d9162bf79');
INSERT INTO journal VALUES (204,136,'2026-02-08','notice-queued','customer/acme','{"kind":"deletion-coming","notice":35}',NULL);
INSERT INTO journal VALUES (205,136,'2026-02-08','notice-queued','customer/gone','{"kind":"deletion-coming","notice":36}',NULL);
INSERT INTO journal VALUES (206,137,'2026-02-09','notice-queued','customer/late','{"kind":"deletion-coming","notice":37}',NULL);
INSERT INTO journal VALUES (207,138,'2026-02-13','notice-queued','customer/acme','{"kind":"deletion-coming","notice":38}',NULL);
INSERT INTO journal VALUES (208,138,'2026-02-13','notice-queued','customer/gone','{"kind":"deletion-coming","notice":39}',NULL);
INSERT INTO journal VALUES (209,139,'2026-02-14','notice-queued','customer/late','{"kind":"deletion-coming","notice":40}',NULL);
INSERT INTO journal VALUES (210,140,'2026-02-15','deleted','account/5',NULL,NULL);
INSERT INTO journal VALUES (211,140,'2026-02-15','deleted','account/7',NULL,NULL);
INSERT INTO journal VALUES (212,140,'2026-02-15','deleted','account/10',NULL,NULL);
INSERT INTO journal VALUES (213,140,'2026-02-15','closed','platform/acme-old',NULL,NULL);
INSERT INTO journal VALUES (214,140,'2026-02-15','closed','platform/gone-pro',NULL,NULL);
INSERT INTO journal VALUES (215,140,'2026-02-15','notice-queued','customer/acme','{"kind":"accounts-deleted","notice":41}',NULL);
INSERT INTO journal VALUES (216,140,'2026-02-15','notice-queued','customer/gone','{"kind":"accounts-deleted","notice":42}',NULL);
INSERT INTO journal VALUES (217,141,'2026-02-16','deleted','account/13',NULL,NULL);
INSERT INTO journal VALUES (218,141,'2026-02-16','notice-queued','customer/late','{"kind":"accounts-deleted","notice":43}',NULL);
INSERT INTO journal VALUES (219,142,'2026-03-01','invoiced','customer/acme','{"balance_cents":44531,"invoice":"2026-000017","total_cents":1540}',NULL);
INSERT INTO journal VALUES (220,142,'2026-03-01','invoiced','customer/bolt','{"balance_cents":-16982,"invoice":"2026-000018","total_cents":399}',NULL);
INSERT INTO journal VALUES (221,142,'2026-03-01','payment-created','customer/bolt','{"cents":399,"method":2,"payment":6}',NULL);
INSERT INTO journal VALUES (222,142,'2026-03-01','renewed','account/1','{"expires_on":"2026-04-01","period":"monthly","was":"2026-03-01"}',NULL);
INSERT INTO journal VALUES (223,142,'2026-03-01','renewed','account/2','{"expires_on":"2026-04-01","period":"monthly","was":"2026-03-01"}',NULL);
INSERT INTO journal VALUES (224,142,'2026-03-01','renewed','account/3','{"expires_on":"2026-04-01","period":"monthly","was":"2026-03-01"}',NULL);
INSERT INTO journal VALUES (225,142,'2026-03-01','renewed','account/4','{"expires_on":"2026-04-01","period":"monthly","was":"2026-03-01"}',NULL);
INSERT INTO journal VALUES (226,142,'2026-03-01','renewed','account/6','{"expires_on":"2026-04-01","period":"monthly","was":"2026-03-01"}',NULL);
INSERT INTO journal VALUES (227,142,'2026-03-01','renewed','account/9','{"expires_on":"2026-04-01","period":"monthly","was":"2026-03-01"}',NULL);
INSERT INTO journal VALUES (228,142,'2026-03-01','notice-queued','customer/acme','{"kind":"invoice-issued","notice":44}',NULL);
INSERT INTO journal VALUES (229,142,'2026-03-01','notice-queued','customer/bolt','{"kind":"invoice-issued","notice":45}',NULL);
INSERT INTO journal VALUES (230,143,'2026-03-04','invoiced','customer/slow','{"balance_cents":508,"invoice":"2026-000019","total_cents":246}',NULL);
INSERT INTO journal VALUES (231,143,'2026-03-04','renewed','account/12','{"expires_on":"2026-04-04","period":"monthly","was":"2026-03-04"}',NULL);
INSERT INTO journal VALUES (232,143,'2026-03-04','notice-queued','customer/slow','{"kind":"invoice-issued","notice":46}',NULL);
INSERT INTO journal VALUES (233,144,'2026-03-20','payments-exported','export/paypal','{"cents":16982,"collect_on":null,"format":"csv","payments":[2,3,4,6]}',NULL);
INSERT INTO journal VALUES (234,145,'2026-03-20','notice-outdated','customer/acme','{"kind":"deletion-coming","notice":35}',NULL);
INSERT INTO journal VALUES (235,146,'2026-03-20','notice-outdated','customer/gone','{"kind":"deletion-coming","notice":36}',NULL);
INSERT INTO journal VALUES (236,147,'2026-03-20','notice-outdated','customer/late','{"kind":"deletion-coming","notice":37}',NULL);
INSERT INTO journal VALUES (237,148,'2026-03-20','notice-outdated','customer/acme','{"kind":"deletion-coming","notice":38}',NULL);
INSERT INTO journal VALUES (238,149,'2026-03-20','notice-outdated','customer/gone','{"kind":"deletion-coming","notice":39}',NULL);
INSERT INTO journal VALUES (239,150,'2026-03-20','notice-outdated','customer/late','{"kind":"deletion-coming","notice":40}',NULL);
INSERT INTO journal VALUES (240,151,'2026-03-20','notice-tried','customer/acme','{"kind":"accounts-deleted","notice":41,"try":1}',NULL);
INSERT INTO journal VALUES (241,152,'2026-03-20','notice-sent','customer/acme','{"kind":"accounts-deleted","notice":41,"try":1}','3ee6e4730f8bf80d17c87d1ef157178f1cd9625da8eec57463efdf90ba6908d6');
INSERT INTO journal VALUES (242,153,'2026-03-20','notice-tried','customer/gone','{"kind":"accounts-deleted","notice":42,"try":1}',NULL);
INSERT INTO journal VALUES (243,154,'2026-03-20','notice-sent','customer/gone','{"kind":"accounts-deleted","notice":42,"try":1}','6a8ce9b96f6874e04022a432a1068921bc31e025c928355dcad6ab3279c1c481');
INSERT INTO journal VALUES (244,155,'2026-03-20','notice-tried','customer/late','{"kind":"accounts-deleted","notice":43,"try":1}',NULL);
INSERT INTO journal VALUES (245,156,'2026-03-20','notice-refused','customer/late','{"kind":"accounts-deleted","notice":43,"try":1}','db22dec7fef8594d078cdfd6005d56cb3a7dee5c3f703138168c8a9134253f1c');
INSERT INTO journal VALUES (246,157,'2026-03-20','notice-tried','customer/acme','{"kind":"invoice-issued","notice":44,"try":1}',NULL);
INSERT INTO journal VALUES (247,158,'2026-03-20','notice-sent','customer/acme','{"kind":"invoice-issued","notice":44,"try":1}','e13c625436713a8bb5b1dfce1cb4f95708df77c090a7f942a83e2852ba9d3d3d');
INSERT INTO journal VALUES (248,159,'2026-03-20','notice-tried','customer/bolt','{"kind":"invoice-issued","notice":45,"try":1}',NULL);
INSERT INTO journal VALUES (249,160,'2026-03-20','notice-sent','customer/bolt','{"kind":"invoice-issued","notice":45,"try":1}','9b9e0dc217866459ac2b7c62565ada5d8592587199a5edc9dfe6c5381dfabf6c');
INSERT INTO journal VALUES (250,161,'2026-03-20','notice-tried','customer/slow','{"kind":"invoice-issued","notice":46,"try":1}',NULL);
INSERT INTO journal VALUES (251,162,'2026-03-20','notice-sent','customer/slow','{"kind":"invoice-issued","notice":46,"try":1}','cfed2c252affed1709a3cf608591f6263d04a0835cc436467719d091305f63f4');
INSERT INTO journal VALUES (252,163,'2026-03-23','notice-queued','customer/bolt','{"kind":"renewal-coming","notice":47}',NULL);
INSERT INTO journal VALUES (253,164,'2026-03-30','payment-try-failed','customer/bolt','{"next_try_on":"2026-03-31","payment":2,"tries":2}','08de40ea3e7eff27e5e3a9b0923549019d27032400f853ee830c1d1eeea00633');
INSERT INTO journal VALUES (254,164,'2026-03-30','payment-try-failed','customer/bolt','{"next_try_on":"2026-03-31","payment":3,"tries":1}','af656aa114fe2121e721776ffc88c83c411e32fbfa247b7c38bce3fc6cc945c0');
INSERT INTO journal VALUES (255,164,'2026-03-30','payment-try-failed','customer/bolt','{"next_try_on":"2026-03-31","payment":4,"tries":1}','13549a64a71db10d22eba613bc5900e519d8113eadc5fc60c8d4244f1d9426fa');
INSERT INTO journal VALUES (256,164,'2026-03-30','payment-try-failed','customer/bolt','{"next_try_on":"2026-03-31","payment":6,"tries":1}','0595a789a82fe3941dd58601a41fddbad93066a813270c0547a941da7de044fe');
INSERT INTO journal VALUES (257,164,'2026-03-30','notice-queued','customer/bolt','{"kind":"payment-failed","notice":48}',NULL);
INSERT INTO journal VALUES (258,165,'2026-04-01','invoiced','customer/acme','{"balance_cents":41130,"invoice":"2026-000020","total_cents":3401}',NULL);
INSERT INTO journal VALUES (259,165,'2026-04-01','invoiced','customer/bolt','{"balance_cents":-18932,"invoice":"2026-000021","total_cents":1950}',NULL);
INSERT INTO journal VALUES (260,165,'2026-04-01','payment-created','customer/bolt','{"cents":1950,"method":2,"payment":7}',NULL);
INSERT INTO journal VALUES (261,165,'2026-04-01','renewed','account/1','{"expires_on":"2026-05-01","period":"monthly","was":"2026-04-01"}',NULL);
INSERT INTO journal VALUES (262,165,'2026-04-01','renewed','account/2','{"expires_on":"2026-05-01","period":"monthly","was":"2026-04-01"}',NULL);
INSERT INTO journal VALUES (263,165,'2026-04-01','renewed','account/3','{"expires_on":"2026-05-01","period":"monthly","was":"2026-04-01"}',NULL);
INSERT INTO journal VALUES (264,165,'2026-04-01','renewed','account/4','{"expires_on":"2026-05-01","period":"monthly","was":"2026-04-01"}',NULL);
INSERT INTO journal VALUES (265,165,'2026-04-01','renewed','account/6','{"expires_on":"2026-05-01","period":"monthly","was":"2026-04-01"}',NULL);
INSERT INTO journal VALUES (266,165,'2026-04-01','renewed','account/9','{"expires_on":"2026-05-01","period":"monthly","was":"2026-04-01"}',NULL);
INSERT INTO journal VALUES (267,165,'2026-04-01','notice-queued','customer/acme','{"kind":"invoice-issued","notice":49}',NULL);
INSERT INTO journal VALUES (268,165,'2026-04-01','notice-queued','customer/bolt','{"kind":"invoice-issued","notice":50}',NULL);
INSERT INTO journal VALUES (269,166,'2026-04-04','invoiced','customer/slow','{"balance_cents":-632,"invoice":"2026-000022","total_cents":1140}',NULL);
INSERT INTO journal VALUES (270,166,'2026-04-04','payment-created','customer/slow','{"cents":632,"method":3,"payment":8}',NULL);
INSERT INTO journal VALUES (271,166,'2026-04-04','debt-opened','customer/slow','{"debt_cents":632,"due_on":"2026-05-04","order":22}',NULL);
INSERT INTO journal VALUES (272,166,'2026-04-04','renewed','account/12','{"expires_on":"2026-05-04","period":"monthly","was":"2026-04-04"}',NULL);
INSERT INTO journal VALUES (273,166,'2026-04-04','notice-queued','customer/slow','{"kind":"invoice-issued","notice":51}',NULL);
INSERT INTO journal VALUES (274,167,'2026-04-17','notice-queued','customer/bolt','{"kind":"renewal-coming","notice":52}',NULL);
INSERT INTO journal VALUES (275,168,'2026-04-20','notice-tried','customer/bolt','{"kind":"renewal-coming","notice":47,"try":1}',NULL);
INSERT INTO journal VALUES (276,169,'2026-04-20','notice-sent','customer/bolt','{"kind":"renewal-coming","notice":47,"try":1}','4ba738946d70d79e4e2904c95b3b572ade2863e9bcc9a94035dd2e2d5615ea87');
INSERT INTO journal VALUES (277,170,'2026-04-20','notice-tried','customer/bolt','{"kind":"payment-failed","notice":48,"try":1}',NULL);
INSERT INTO journal VALUES (278,171,'2026-04-20','notice-sent','customer/bolt','{"kind":"payment-failed","notice":48,"try":1}','0df8ee137ad2be692b224732bcec6db6144bad33d1b233cb1b944ea15d4818dd');
INSERT INTO journal VALUES (279,172,'2026-04-20','notice-tried','customer/acme','{"kind":"invoice-issued","notice":49,"try":1}',NULL);
INSERT INTO journal VALUES (280,173,'2026-04-20','notice-sent','customer/acme','{"kind":"invoice-issued","notice":49,"try":1}','1e43667d8c54229e50ab28715adf7375c43e704335d165a6f0cf332033a652f4');
INSERT INTO journal VALUES (281,174,'2026-04-20','notice-tried','customer/bolt','{"kind":"invoice-issued","notice":50,"try":1}',NULL);
INSERT INTO journal VALUES (282,175,'2026-04-20','notice-sent','customer/bolt','{"kind":"invoice-issued","notice":50,"try":1}','1d459f07e1ce3d2f30a5bf00757c08b40009837632b985e9162e93ec5e62034d');
INSERT INTO journal VALUES (283,176,'2026-04-20','notice-tried','customer/slow','{"kind":"invoice-issued","notice":51,"try":1}',NULL);
INSERT INTO journal VALUES (284,177,'2026-04-20','notice-sent','customer/slow','{"kind":"invoice-issued","notice":51,"try":1}','f395869213b34ab5f01c231ec95df541783a773e706057c6f2e569f65c005313');
INSERT INTO journal VALUES (285,178,'2026-04-20','notice-tried','customer/bolt','{"kind":"renewal-coming","notice":52,"try":1}',NULL);
INSERT INTO journal VALUES (286,179,'2026-04-20','notice-sent','customer/bolt','{"kind":"renewal-coming","notice":52,"try":1}','fb960d189febf0305063e3112dff9167bc8fb80ad60ef8fe5d6c10cd64e0d3e2');
INSERT INTO journal VALUES (287,180,'2026-04-20','price-set','offer/hosted-exchange','{"cents":29050,"from_on":"2026-04-28","offer":"hosted-exchange","period":"yearly"}',NULL);
INSERT INTO journal VALUES (288,181,'2026-04-25','refunded','customer/gone','{"balance_cents":0,"cents":1809}',NULL);
INSERT INTO journal VALUES (289,182,'2026-04-25','customer-closed','customer/gone',NULL,NULL);
INSERT INTO journal VALUES (290,183,'2026-04-25','task-done','account/10','{"task":9}',NULL);
INSERT INTO journal VALUES (291,184,'2026-04-25','task-done','account/10','{"task":17}',NULL);
INSERT INTO journal VALUES (292,185,'2026-04-25','task-done','account/10','{"task":21}',NULL);
INSERT INTO journal VALUES (293,186,'2026-04-25','customer-erased','customer/gone',NULL,NULL);
INSERT INTO journal VALUES (294,187,'2026-04-25','ordered','account/19','{"expires_on":"2027-04-25","order":23,"period":"yearly"}',NULL);
INSERT INTO journal VALUES (295,187,'2026-04-25','ordered','order/23','{"accounts":1,"kind":"accounts","platform":"bolt-hx","total_cents":19050}',NULL);
INSERT INTO journal VALUES (296,187,'2026-04-25','invoiced','customer/bolt','{"balance_cents":-37982,"invoice":"2026-000023","total_cents":19050}',NULL);
INSERT INTO journal VALUES (297,187,'2026-04-25','payment-created','customer/bolt','{"cents":19050,"method":2,"payment":9}',NULL);
INSERT INTO journal VALUES (298,188,'2026-04-25','ordered','account/20','{"expires_on":"2027-04-25","order":24,"period":"yearly"}','acc9f213fef326ab9e9750e63d8bcf2828622850f0b4b12540ba0f26b014ab99');
INSERT INTO journal VALUES (299,188,'2026-04-25','ordered','order/24','{"accounts":1,"kind":"accounts","platform":"acme-hx","total_cents":22860}',NULL);
INSERT INTO journal VALUES (300,188,'2026-04-25','invoiced','customer/acme','{"balance_cents":18270,"invoice":"2026-000024","total_cents":22860}',NULL);
INSERT INTO journal VALUES (301,189,'2026-04-25','price-set','offer/hosted-exchange','{"cents":2990,"from_on":"2026-04-27","offer":"hosted-exchange","period":"monthly"}',NULL);
INSERT INTO journal VALUES (302,190,'2026-04-25','price-set','offer/email-pro','{"cents":310,"from_on":"2026-04-26","offer":"email-pro","period":"monthly"}',NULL);
INSERT INTO journal VALUES (303,191,'2026-04-25','payments-exported','export/paypal','{"cents":37982,"collect_on":null,"format":"csv","payments":[2,3,4,6,7,9]}',NULL);
INSERT INTO journal_personal VALUES (3,'faf3302a1ae3f3824023f6da2321903f','{"city":"Paris","country":"FR","email":"it@acme.example","language":"fr","name":"Acme SARL","phone":"+33123456789","postcode":"75001","street":"1 rue de l''Église"}');
INSERT INTO journal_personal VALUES (4,'de4e39cbec3483660319e01db5d5a3c5','{"country":"DE","email":"it@bolt.example","language":"de","name":"Bolt GmbH ''Süd'' \"x\""}');
INSERT INTO journal_personal VALUES (5,'b5e6087a527490518cd00126499cae2f','{"country":"FR","email":"it@late.example","language":"fr","name":"Late & Sons; DROP TABLE customer --"}');
INSERT INTO journal_personal VALUES (6,'a73e836983cb80218d0763536d3ded49','{"country":"FR","email":"it@slow.example","language":"fr","name":"محمد 山田 {{7*7}} =1+1","payment_days":30}');
INSERT INTO journal_personal VALUES (26,'21b51d62600a1e1b33c1e5f6b7fe6902','{"domain":"acme.example"}');
INSERT INTO journal_personal VALUES (27,'52046ea75cc209180eb42e1138761f82','{"address":"anna@acme.example"}');
INSERT INTO journal_personal VALUES (31,'2a39b5a8b398ba8829e2008e5c5b450f','{"address":"hugo@acme.example"}');
INSERT INTO journal_personal VALUES (34,'893657f55aa8abd81a37ef822dfc21dc','{"address":"pia@acme.example"}');
INSERT INTO journal_personal VALUES (37,'68d77e8c47f52bdc4c1b58e4a15c1036','{"address":"otto@acme.example"}');
INSERT INTO journal_personal VALUES (40,'0dd86329605210cb61ca0526231c21a2','{"domain":"bolt.example"}');
INSERT INTO journal_personal VALUES (41,'1c2a7fdca51f02e305f17c75ec442d3f','{"address":"ben@bolt.example"}');
INSERT INTO journal_personal VALUES (44,'e8287b45eecd761a7a7cf0c1c61cbc52','{"address":"susi@acme.example"}');
INSERT INTO journal_personal VALUES (47,'f7d516588cb3d3db8ac28415082fb2e1','{"address":"dora@acme.example"}');
INSERT INTO journal_personal VALUES (50,'fe667b0fc75847fd2963199bb892c70c','{"address":"end@acme.example"}');
INSERT INTO journal_personal VALUES (57,'472b252f3c2f43e0e3cd30175fbe33b6','{"address":"imported@bolt.example"}');
INSERT INTO journal_personal VALUES (61,'21eee3f9f5636f499cf8e109e966eb22','{"address":"hugo.boss@acme.example","old":"hugo@acme.example"}');
INSERT INTO journal_personal VALUES (71,'1e62d4024bfc9db90fe79f15005e6e6e','{"domain":"slow.example"}');
INSERT INTO journal_personal VALUES (72,'9a6d077e85adb7ee688aeaf61e35d04a','{"address":"sam@slow.example"}');
INSERT INTO journal_personal VALUES (79,'7378e6e81ca5fabe04fca52433f06ab8','{"domain":"late.example"}');
INSERT INTO journal_personal VALUES (80,'e25abc68a08c5f54de49801181fddede','{"address":"lea@late.example"}');
INSERT INTO journal_personal VALUES (84,'7ff18f6e6659df7473f4f5ac3b35446f','{"address":"two@bolt.example"}');
INSERT INTO journal_personal VALUES (100,'c4ce6ba1515483d71231520422bc5b80','{"reason":"insufficient funds"}');
INSERT INTO journal_personal VALUES (140,'eafdac2e1930424f3073ebf5fbe195a5','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (142,'d9b2db5dfa5b7dcc653b6056167a054c','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (144,'2b106616070540714f5cdaffeb527ac1','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (146,'3494cdf06ec9fc3f956de470150d4d6e','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (148,'6a93bcb0bafd54c8ca455535dadc5218','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (150,'dd37855d81bdbfa46e056f874812cb2f','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (152,'57ba9f00119fd15598e2bc2b8cafcd13','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (154,'84b8289f95020397f3a041e376be982d','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (158,'895b2d4421253e014333d029b6902dd1','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (160,'f82b243a3e7a0788dba157f1e79cdc1d','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (162,'9f21653c72159bed3d1bd569aeddfd26','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (166,'94edfd6347e8f8e331995b079a98952b','{"to":"it@slow.example"}');
INSERT INTO journal_personal VALUES (170,'676d8d0a0bfef849c4282401cce62ab7','{"reason":"550 5.1.1 no such user","to":"it@late.example"}');
INSERT INTO journal_personal VALUES (172,'1520e18cff32ab1b3a4ed84fa23dadd4','{"reason":"550 5.1.1 no such user","to":"it@late.example"}');
INSERT INTO journal_personal VALUES (174,'469dbe4de7c2313375376732da7f6d01','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (176,'c38372411d825caa996a1620d148b987','{"to":"it@slow.example"}');
INSERT INTO journal_personal VALUES (178,'355aac94dcf5afdf1c515e8158442061','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (182,'cb654d6bf452c4d27786b254039ae577','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (187,'815b40386b85884a855852cbb58ef9a0','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (189,'48197f943208f0dd2fde8232e008c98e','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (191,'17a93dddd68d59c595cd2bd49375c7bc','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (195,'63a644e6a50435449e9fa85606d76bdb','{"reason":"550 5.1.1 no such user","to":"it@late.example"}');
INSERT INTO journal_personal VALUES (197,'6054619d9eb57195c5de2995f3272322','{"to":"it@slow.example"}');
INSERT INTO journal_personal VALUES (199,'760fb8b8fbcbb0bf2f9bbf35f77c2602','{"to":"it@slow.example"}');
INSERT INTO journal_personal VALUES (203,'f3b7dab3e66c378c6abd8d2dce4be905','{"new":{"vat_number":"DE136695976"},"old":{"vat_number":null}}');
INSERT INTO journal_personal VALUES (241,'cfe16bd2c22015b29fa942e26fd8a7fc','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (245,'6dcd462f924cf09cc8e2f93e6bc47000','{"reason":"550 5.1.1 no such user","to":"it@late.example"}');
INSERT INTO journal_personal VALUES (247,'a0acad74175e40c68524718d6b4738e8','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (249,'65c7d712f01c2e8f3fd7aceb8748337a','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (251,'c0c2561365c50714c8eb2a9b66fb0cc6','{"to":"it@slow.example"}');
INSERT INTO journal_personal VALUES (253,'17931d28c62549a02209aa29d2b3d2ac','{"reason":"no answer for 10 days"}');
INSERT INTO journal_personal VALUES (254,'a671f54a1859a08c7a77affdb65aaca5','{"reason":"no answer for 10 days"}');
INSERT INTO journal_personal VALUES (255,'b20ced65204c0d866eaeb84ce809745b','{"reason":"no answer for 10 days"}');
INSERT INTO journal_personal VALUES (256,'d0502405c7d314da68986cd85e9c9a24','{"reason":"no answer for 10 days"}');
INSERT INTO journal_personal VALUES (276,'93535d9fed2da2235b76afe0be0eac1e','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (278,'bdf4ac645b2cbee2ae2c660fd68d6f0f','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (280,'5c6d623e4ccc384100977b039df29c46','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (282,'75bba05cf28222d3186cc9a228a71bcb','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (284,'248db4b31a607259ecb36ae2c01d1c9e','{"to":"it@slow.example"}');
INSERT INTO journal_personal VALUES (286,'9f5e8e9a0da5629b3ca92a62b9bb55c3','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (298,'f91232e07499454e02992453a61a8f15','{"address":"late.order@acme.example"}');
INSERT INTO batch VALUES (1,'2026-01-01','2026-11-28T11:16:59Z','root','init',1,0,0,'e67c41afc43d3aebbbc4e65d2cbb5856f2b285ac2be3731055995c634a19b40d');
INSERT INTO batch VALUES (2,'2026-01-01','2026-11-28T11:17:00Z','root','settings set',2,0,0,'a4b28b2eafdad282d2cfc606ecc4926c6c663da16cb0687d17d155567023bbde');
INSERT INTO batch VALUES (3,'2026-01-01','2026-11-28T11:17:00Z','root','customer add',3,0,0,'af04578882aa2d053c4ff774bcd2ce9b9a88df758bb04552b30c850de80da007');
INSERT INTO batch VALUES (4,'2026-01-01','2026-11-28T11:17:01Z','root','customer add',4,0,0,'5196340279ee96492ce6a082c748fc8d1dcc4a3156910eb9a49ff91bd39b9c69');
INSERT INTO batch VALUES (5,'2026-01-01','2026-11-28T11:17:01Z','root','customer add',5,0,0,'aeb82c27579d0cce7655acbf6b1f5a80365650730226f5309ffc051d1c232a48');
INSERT INTO batch VALUES (6,'2026-01-01','2026-11-28T11:17:02Z','root','customer add',6,0,0,'1b536fdac60908c016fb501b3a429a18b12273f70d636b7b9cf8aecef91b1002');
INSERT INTO batch VALUES (7,'2026-01-01','2026-11-28T11:17:02Z','root','customer add',7,0,0,'17e33e2f9c6e14b46b375ad4881bd6d4c51ce4bdb0add21b22eb9e08cd207211');
INSERT INTO batch VALUES (8,'2026-01-01','2026-11-28T11:17:02Z','root','prepaid credit',8,1,0,'65598d7b3bf478fc4963ad7f93ba1d047be14e21980d80a99707b48d1f3aa735');
INSERT INTO batch VALUES (9,'2026-01-01','2026-11-28T11:17:03Z','root','prepaid credit',9,2,0,'57f31d69e49a2b912cd3013f0bf3ac3ccd26635070ab410eb43381935925fe2b');
INSERT INTO batch VALUES (10,'2026-01-01','2026-11-28T11:17:03Z','root','prepaid credit',10,3,0,'47f97bb30174682072f1865a15c9bc6abbc4b9a23449800415353a76de3b9f83');
INSERT INTO batch VALUES (11,'2026-01-01','2026-11-28T11:17:03Z','root','platform add',11,3,0,'ea614e7247a57543d325723108622359158fc80ec130e508554573e312987d37');
INSERT INTO batch VALUES (12,'2026-01-01','2026-11-28T11:17:04Z','root','platform add',12,3,0,'4d3be705fe4876999f30eb0885915787106e450bd917bd5af05a0ab3919b1791');
INSERT INTO batch VALUES (13,'2026-01-01','2026-11-28T11:17:04Z','root','platform add',13,3,0,'21b8d44374f5bb77c3d841aef0eb2efd0f02bf307c4cf1d22f2de43328539b23');
INSERT INTO batch VALUES (14,'2026-01-01','2026-11-28T11:17:04Z','root','platform add',14,3,0,'8beeeb8f8deb8ab73ad2a937ebff6333e2dfb72575a4b0a8da7420e32d8bc455');
INSERT INTO batch VALUES (15,'2026-01-01','2026-11-28T11:17:04Z','root','platform add',15,3,0,'c039e45c7c523667cf68098520c449bfa2aae1e1f1b288a28a055d60d72ee1e2');
INSERT INTO batch VALUES (16,'2026-01-01','2026-11-28T11:17:05Z','root','platform add',16,3,0,'25baf387ec03e0da1cc08ba0fd51dc593715c5e610dee00e7036db825e5983b3');
INSERT INTO batch VALUES (17,'2026-01-01','2026-11-28T11:17:05Z','root','platform add',17,3,0,'424a9deb18436f04fda5ceac70d84f9ce776927f835c23a7d8b8b3291d482cb3');
INSERT INTO batch VALUES (18,'2026-01-01','2026-11-28T11:17:05Z','root','platform add',18,3,0,'fe75a5636c154540c55014ed4feb8856ae9dc8bc600b3eb3b8b3b31fb6d95907');
INSERT INTO batch VALUES (19,'2026-01-01','2026-11-28T11:17:06Z','root','platform add',19,3,0,'fe9a796b5bec73e8b938caa41613a30b28f68923b4526495cccabd1808abffa3');
INSERT INTO batch VALUES (20,'2026-01-01','2026-11-28T11:17:06Z','root','platform add',20,3,0,'28f8200badc2ccdef8ee87dedfc5569d7eda846c946547b093e0c08effd71540');
INSERT INTO batch VALUES (21,'2026-01-01','2026-11-28T11:17:06Z','root','offer add',21,3,0,'7c5de2336c55d85a7a6cd40e4d6240db586401b296da28da30ba2ae1388e0398');
INSERT INTO batch VALUES (22,'2026-01-01','2026-11-28T11:17:06Z','root','offer add',22,3,0,'d78294b0ba1c3f4f93ee7aa1466e25012dad6964f9462549b4615291afc6e684');
INSERT INTO batch VALUES (23,'2026-01-01','2026-11-28T11:17:07Z','root','offer price',23,3,0,'37bc137bc468e7e3ae968a2594b39dc24fdfd893953f4dc8ca299d382ff77b61');
INSERT INTO batch VALUES (24,'2026-01-01','2026-11-28T11:17:07Z','root','offer price',24,3,0,'635456b92b79734fa7af3d803455f06184c2bc00d7ef37f8ebb04ed4ef2d8ed8');
INSERT INTO batch VALUES (25,'2026-01-01','2026-11-28T11:17:07Z','root','offer close',25,3,0,'a6d2aed76800c0b97e0585946411af899619f0120203d1a4afd737c30ec35d30');
INSERT INTO batch VALUES (26,'2026-01-01','2026-11-28T11:17:08Z','root','account order',30,4,1,'c9382a01314f59181c9917ed329bb3206991a98107e49d6b78805c958296bc9d');
INSERT INTO batch VALUES (27,'2026-01-01','2026-11-28T11:17:09Z','root','account order',33,5,2,'1ee5d573460925436fe750f52e427af79be7d5bd54abbdbe0d4981483f542615');
INSERT INTO batch VALUES (28,'2026-01-01','2026-11-28T11:17:09Z','root','account order',36,6,3,'23b2c3a987080e7124683d1c4bac1ac967eaeeaa39b318e663d40c3e6f5de749');
INSERT INTO batch VALUES (29,'2026-01-01','2026-11-28T11:17:10Z','root','account order',39,7,4,'66bc8fdba7a306b2176d5b0f51bde0a39ffecc8ba48a861cddec25477f1c00e3');
INSERT INTO batch VALUES (30,'2026-01-01','2026-11-28T11:17:11Z','root','account order',43,8,5,'8e20bfa9e96bcdae2bfbf50e1d423abce4d5d738d7d9365fffb5570a52375922');
INSERT INTO batch VALUES (31,'2026-01-01','2026-11-28T11:17:11Z','root','account order',46,9,6,'7b612b8f8a3ef6608a032e7ab9f17c034850e78a444ebf22299ad04a9ef9edd9');
INSERT INTO batch VALUES (32,'2026-01-01','2026-11-28T11:17:12Z','root','account order',49,10,7,'0b3c1530f94ac574c4e623b2bc7daf195a61566026d9e1e632f96f594dc7f510');
INSERT INTO batch VALUES (33,'2026-01-01','2026-11-28T11:17:13Z','root','account order',52,11,8,'c84e287c63cd427f9239bbfd67672d918375914ce992b3b48041b150b40a9e70');
INSERT INTO batch VALUES (34,'2026-01-01','2026-11-28T11:17:13Z','root','account order',56,12,9,'bd67e7652832469c2c6b7355c3af544f9d8b2c6a17ff0a55fe6516ca30585ec9');
INSERT INTO batch VALUES (35,'2026-01-01','2026-11-28T11:17:14Z','root','import',57,12,9,'3fd525a879ef9f736a671a87f6dab9e6b7b671a09ad118fc37276900493043c2');
INSERT INTO batch VALUES (36,'2026-01-01','2026-11-28T11:17:14Z','root','account delete',58,12,9,'b7e97a8134afcaab400b9803029fe01bdf0e20ec61d800bb02fe5d03171897ae');
INSERT INTO batch VALUES (37,'2026-01-01','2026-11-28T11:17:15Z','root','account renew',59,12,9,'1ec0d324a96b920f0ce9aa54a783e34c9f6e0ae6d68be834ccc1f3d1ef318ca8');
INSERT INTO batch VALUES (38,'2026-01-01','2026-11-28T11:17:15Z','root','account renew',60,12,9,'b34365afa705ffbccde163e1b773d813014aa8ef84d6060613f88b19b1c21c73');
INSERT INTO batch VALUES (39,'2026-01-01','2026-11-28T11:17:16Z','root','account rename',61,12,9,'7dd5a5203f233ba6e4723258902cfccffb61e47a72e9ea34b6b56da5893dbf81');
INSERT INTO batch VALUES (40,'2026-01-01','2026-11-28T11:17:17Z','root','platform cancel',63,12,9,'36e341bbb5fd5fa62ef8d176c7168167bb2c528de451a3732741a7f04e2d47c1');
INSERT INTO batch VALUES (41,'2026-01-01','2026-11-28T11:17:18Z','root','platform cancel',65,12,9,'0722a75c5fe0e7b89e5b1e001db6989a80dd15400799d17e12fcaa638f0dfd7b');
INSERT INTO batch VALUES (42,'2026-01-01','2026-11-28T11:17:18Z','root','platform delete',66,12,9,'4ddd4faf6b5a1b69b64397f2b46f1dcd03f95fd257033401652fb781e198bfec');
INSERT INTO batch VALUES (43,'2026-01-01','2026-11-28T11:17:19Z','root','platform delete',67,12,9,'df529c7d554a958f370120c0bfcdd5b19c21dfb84331135cc8b357f6c141be07');
INSERT INTO batch VALUES (44,'2026-01-01','2026-11-28T11:17:19Z','root','method add',68,12,9,'20e0e31f9d9083e8e454a5226da079bbcaa17d09e8cc2b05f6a101757477c2ed');
INSERT INTO batch VALUES (45,'2026-01-01','2026-11-28T11:17:20Z','root','method add',69,12,9,'698d74cb65a3a180fdfbdac33cf26f1c98d592a10c22fbe70cc7c3f6708ff495');
INSERT INTO batch VALUES (46,'2026-01-01','2026-11-28T11:17:20Z','root','method add',70,12,9,'baa87385f018e55e9560cb6e7352ea78de6166523d5047550c46cd480efd36c4');
INSERT INTO batch VALUES (47,'2026-01-04','2026-11-28T11:17:22Z','root','account order',76,13,10,'ebab2e577119dd6beb424c3fc6288e2be21aea3aa73d153f2198f340d9d7be6d');
INSERT INTO batch VALUES (48,'2026-01-17','2026-11-28T11:17:22Z','root','tick',78,13,10,'9ab7526fefafe1c69a8d67054db5af6fff80d1dc3c7f3fe1f713dfa10d37a561');
INSERT INTO batch VALUES (49,'2026-01-25','2026-11-28T11:17:23Z','root','account order',83,14,11,'c7d38b89d358d4f13926f08b562e385897179b687e5859227c1d812d340aacba');
INSERT INTO batch VALUES (50,'2026-01-25','2026-11-28T11:17:23Z','root','account order',90,15,12,'288791ffb29d51a0f77cbfdedeb1dbe2c46e074a07900131bb42b2a3841f3b46');
INSERT INTO batch VALUES (51,'2026-01-25','2026-11-28T11:17:24Z','root','payment export',91,15,12,'fbfa019820c9000c6157116081c1a43efd1f8af4dc9441d7e5aebfc6fd8067e1');
INSERT INTO batch VALUES (52,'2026-01-25','2026-11-28T11:17:24Z','root','payment settle',93,16,12,'379be69f170d2d4f26e175e5e607d5f8aa83c536f63fe70678524f1ac8664226');
INSERT INTO batch VALUES (53,'2026-01-25','2026-11-28T11:17:25Z','root','account order',98,17,13,'9385f4f898f992605ed07447fd4e51e34636d89f16123b1469446380382f8ebe');
INSERT INTO batch VALUES (54,'2026-01-25','2026-11-28T11:17:25Z','root','platform cancel',99,17,13,'e4379d0f6b4e64c2c2dfadc6eeb67207cf75504e8e7c48157fffa85d3d6751e5');
INSERT INTO batch VALUES (55,'2026-01-25','2026-11-28T11:17:25Z','root','payment fail',100,17,13,'2957e7d48588f01bd6f5a03aba538f1b3b2a3d70b7f4f783ce18905eedad274b');
INSERT INTO batch VALUES (56,'2026-01-29','2026-11-28T11:17:26Z','root','tick',102,17,13,'19b79ea871d73108325b0bfb0a1667185e8d7c7480e542c504a69a3e84211ddf');
INSERT INTO batch VALUES (57,'2026-01-30','2026-11-28T11:17:26Z','root','tick',103,17,13,'f0b01644e39eda0cf2020d296bac2f3a64448dfc489d79e7bff928350ab07e97');
INSERT INTO batch VALUES (58,'2026-02-01','2026-11-28T11:17:26Z','root','tick',119,19,15,'5263ee65ff9b5bd3da6c5a71e36752b73d96ec605cab2d22d327a78b186a1cbe');
INSERT INTO batch VALUES (59,'2026-02-02','2026-11-28T11:17:26Z','root','tick',121,19,15,'7afd8aa5426d8332ff6cbe53b863b96db657e924a447d18dd9662fa6ff926bf1');
INSERT INTO batch VALUES (60,'2026-02-04','2026-11-28T11:17:26Z','root','tick',126,20,16,'14af2770b455b7f27835bf52984311ec11f0797077680dd73792d351be1ac93e');
INSERT INTO batch VALUES (61,'2026-02-05','2026-11-28T11:17:26Z','root','prepaid credit',129,21,16,'19542645e1fb846124825a4ba52f6c1e45e1df249626a810ffa6c6ce7e86661d');
INSERT INTO batch VALUES (62,'2026-02-05','2026-11-28T11:17:27Z','root','invoice credit',130,22,17,'250df9b876a8f7f617e1ad5794223b1e2e8652c33a5505585d2a60abef3d9208');
INSERT INTO batch VALUES (63,'2026-02-05','2026-11-28T11:17:28Z','root','offer price',131,22,17,'bb7eae89868549242befa836f0e78a4582aafb790f1efbd0fbfbfe5b7fbfbcc4');
INSERT INTO batch VALUES (64,'2026-02-05','2026-11-28T11:17:28Z','root','offer price',132,22,17,'4847c84bddb6ff154714b1efe542b2c62bbebb82ac16dd329ebf5194b226d423');
INSERT INTO batch VALUES (65,'2026-02-05','2026-11-28T11:17:28Z','root','offer price',133,22,17,'7e7362d4b091b94de322ce278165152b088f04d8842aeb1bfdd6dd0599028801');
INSERT INTO batch VALUES (66,'2026-02-05','2026-11-28T11:17:28Z','root','offer price',134,22,17,'756646cd861d370fe29fe1544acd377c7959260b90ef92ba82c7a261fc95fe6d');
INSERT INTO batch VALUES (67,'2026-02-05','2026-11-28T11:17:29Z','root','settings set',135,22,17,'544db466c4eda55c33d27ef46a99df8f72bba16b064362428a08e8c5f67674ce');
INSERT INTO batch VALUES (68,'2026-02-05','2026-11-28T11:17:29Z','root','settings set',136,22,17,'ea91814450113511f51de12d11a0065cc9c002fb6d0e359f86327cc6f3e0ce30');
INSERT INTO batch VALUES (69,'2026-02-05','2026-11-28T11:17:29Z','root','settings set',137,22,17,'a01119b285fb83a3b51a234195584573aba389116fd25c9c48c693ea47741250');
INSERT INTO batch VALUES (70,'2026-02-05','2026-11-28T11:17:30Z','root','settings set',138,22,17,'b49abffb5ee3ae71443ce1daa17036d6372887a3267217ebb031f06f9e504a01');
INSERT INTO batch VALUES (71,'2026-02-05','2026-11-28T11:17:30Z','root','notice send',139,22,17,'fb628fb8f41616a6e78e98019c54ae7663aa9495724589c1042aca0243abfaed');
INSERT INTO batch VALUES (72,'2026-02-05','2026-11-28T11:17:30Z','root','notice send',140,22,17,'050ae5c99d67b3f0d8e24e4a714ef6be79c417cda2466af15dd0d1fa9f70b82a');
INSERT INTO batch VALUES (73,'2026-02-05','2026-11-28T11:17:30Z','root','notice send',141,22,17,'895d43c8aec9ace4421afedfd5d11975fc916ea1e68af1207d01ac96eea7ca0f');
INSERT INTO batch VALUES (74,'2026-02-05','2026-11-28T11:17:30Z','root','notice send',142,22,17,'5ffdfa54cd8eefa3fd9ee5bfdbfb7828b20b1560d9a62f2cdc25902e9555bf0b');
INSERT INTO batch VALUES (75,'2026-02-05','2026-11-28T11:17:30Z','root','notice send',143,22,17,'808d514494d3280f4e9d98d81645c80bebade2949c0139fd08221168beb5c6ee');
INSERT INTO batch VALUES (76,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',144,22,17,'4f5feeb9fa22919b50ad4ae8fe406ce494ffa3407dc17c2c27e3434d3b8a119d');
INSERT INTO batch VALUES (77,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',145,22,17,'bc59ad4b5baeb83d2c35a80c0bd9ab61996ce083d3005f91a3f8a3133314c662');
INSERT INTO batch VALUES (78,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',146,22,17,'10ecd2986d0f833e51c73e49f0a3d6597cfcd4841297975bd9fb328acb530966');
INSERT INTO batch VALUES (79,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',147,22,17,'85207c1d11f8fdea3fdf1740518f87ab0927d1121a3401e43dbe54fcd4afa0ce');
INSERT INTO batch VALUES (80,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',148,22,17,'a39227338c9273be9adbb55dbe4a8d207a6a2276689f35919ebf64aeb72e02f8');
INSERT INTO batch VALUES (81,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',149,22,17,'a4425fcebf02442e417a0c560028613b05a3bc31e5530a620b168bc2e2cbebe9');
INSERT INTO batch VALUES (82,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',150,22,17,'fdb50d12a933ef0b51e451b25d1816f297854c2244d1c06e8d7a7bfcdeea0ea8');
INSERT INTO batch VALUES (83,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',151,22,17,'06c9c7a6786e577da9ef3493c51c8aaad5faaa0b1dcd1eb15ec09efc6f1b6111');
INSERT INTO batch VALUES (84,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',152,22,17,'6afeda62a857804295f6184680f1e893bcc93715abdf27a4c534719043dbb650');
INSERT INTO batch VALUES (85,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',153,22,17,'1c2ece950bce68cab74540d82e089accbf9cc94412198fa3df0ef0f9b160e741');
INSERT INTO batch VALUES (86,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',154,22,17,'c37af7b4a1bc3ca4734746cd843efef6947be8a1869b68726e391de501dffc17');
INSERT INTO batch VALUES (87,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',155,22,17,'ee9e3b09b1af1a064abb78046200ee15a0908343ae9aca9b038e493946fb456e');
INSERT INTO batch VALUES (88,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',156,22,17,'a3f22cd995d67ee8d4cce62724f427e0240fff4d943804007cea7f3050da4563');
INSERT INTO batch VALUES (89,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',157,22,17,'76e1b9e2b63457492bac8f77ed6dd687b7591702b3a1be65b14ce4f513cf27e2');
INSERT INTO batch VALUES (90,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',158,22,17,'88bc4a571ad3018a5012ee9356ea149468c8564ae20718906d83b3c0507d6766');
INSERT INTO batch VALUES (91,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',159,22,17,'6ab0509ee2c6191f909d3fe7f868bdafaecc2c96492a1313c3f0a123ad312042');
INSERT INTO batch VALUES (92,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',160,22,17,'e5d962c44a197f92993d3176b2133c0f692974c5e1ebc1fd5a290b2ad9a66aee');
INSERT INTO batch VALUES (93,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',161,22,17,'4d1ec02d5415596a6f32362907cd62e4199e1b61a011e6b769862e5b9c486dc6');
INSERT INTO batch VALUES (94,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',162,22,17,'f3e95ac6dc53425b412f026b59ee281474ebea7731fc22c39446e3c6a6102fef');
INSERT INTO batch VALUES (95,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',163,22,17,'cddace5f0ca334cabd4f89a6fbead1e6c52046bd2ede3f23c071382572ed2a79');
INSERT INTO batch VALUES (96,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',164,22,17,'39a91c42239ca14ccc1fc1ffd51609bcca61908774a86f8351e33733ac14b9e7');
INSERT INTO batch VALUES (97,'2026-02-05','2026-11-28T11:17:31Z','root','notice send',165,22,17,'4718e622592ab85c51f8bb22a18d6790bda1bbcac6c52aab036c6a80fd35ffa1');
INSERT INTO batch VALUES (98,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',166,22,17,'5a973ff3c69668e2ed33ebd478e1a1321d5279f281c49390e51b8c2ef602febe');
INSERT INTO batch VALUES (99,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',167,22,17,'82339b6fb54a85a04496a2160fe5425bf96553231211fb922ed5fb423b2ce3f5');
INSERT INTO batch VALUES (100,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',168,22,17,'fb50ada48d7370b04f24275061689a67ed191764d15d0d99e6bf37180f158c5e');
INSERT INTO batch VALUES (101,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',169,22,17,'79d765c79ef7499075f4a76245ecdfa38db27957cb442895365252471be2c097');
INSERT INTO batch VALUES (102,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',170,22,17,'e15565c7c40491bd0331582718fded6c6659362d4b5656afd489ee73c92c0386');
INSERT INTO batch VALUES (103,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',171,22,17,'dcbf75464380083b336544d06d4b204c367ae6c6f2c0068ec49f6a6d5a468c3e');
INSERT INTO batch VALUES (104,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',172,22,17,'175a8bb1f049ed6e896ff15144721baeb40a2d4b70f8577aa25a874010839364');
INSERT INTO batch VALUES (105,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',173,22,17,'fa617a2038bf92e64e18aaabf81ccfab94c4b94f47162f27d59604000c5606c7');
INSERT INTO batch VALUES (106,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',174,22,17,'516a34bd94b731b8930c78c0d59932d2d647d74d86d477549dbb1a5d86431703');
INSERT INTO batch VALUES (107,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',175,22,17,'0ca8007b56f515f6f6bed9e844c3ca59124ec7f33a24a99f0e2d514e7c7128ca');
INSERT INTO batch VALUES (108,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',176,22,17,'d8645c6d974b7f0033811679ffad6c31938c4020e67aa91dae59aa05226a0414');
INSERT INTO batch VALUES (109,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',177,22,17,'47e59ede61d8efefebcf43fd2d6a23ecc65889f8fa72274885e891f24c18c791');
INSERT INTO batch VALUES (110,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',178,22,17,'ae0c791041bb640e41e8f8a061a027e0f75ff76acf8d23e70da722601d47166a');
INSERT INTO batch VALUES (111,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',179,22,17,'7f2f7d3af8106782fa531f07f1a2b55278a27db1531a07587abec7d5442e30ad');
INSERT INTO batch VALUES (112,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',180,22,17,'7ce42626393b32048dd4958a496fd1c67ed0858f7301fe818b3e0d4d89f37d70');
INSERT INTO batch VALUES (113,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',181,22,17,'0c9abe5ec530436a39710e8fcf656f5ebefe1365f1379ab354919fbac25049fa');
INSERT INTO batch VALUES (114,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',182,22,17,'575fb6c7fcc82cd9b53b2e3d87dbcd1e8fc4249e947a13a73859c928aa98a113');
INSERT INTO batch VALUES (115,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',183,22,17,'b04a390332d0bb0db7297f8ca584609d2d2d5f408ac35a27fec3f318ffc61372');
INSERT INTO batch VALUES (116,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',184,22,17,'f21a09e791b794a93105ddd692884f256bdcc36f1715231a83b4d846f7c473ce');
INSERT INTO batch VALUES (117,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',185,22,17,'0065fdae525d7def11998e534590440015cbe9a3df3a00c17a7c3938ed66979d');
INSERT INTO batch VALUES (118,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',186,22,17,'6602633d29349411c6e7586ab8eff365e40461fcb00bcb25b99f2043b6a55ba8');
INSERT INTO batch VALUES (119,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',187,22,17,'d0035b41a116a8daf7861d60f31d7fadbd192c539a4f6eebbced6b33eccf73d8');
INSERT INTO batch VALUES (120,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',188,22,17,'6ab06b4021ea02a0ccc87fe087c96841c634f8edff4c59756d223e83f53d44d1');
INSERT INTO batch VALUES (121,'2026-02-05','2026-11-28T11:17:32Z','root','notice send',189,22,17,'6f023c95547fc9d2861f59754a2c06d94c18dd88dc021ff5a597bfb0edbafa3a');
INSERT INTO batch VALUES (122,'2026-02-05','2026-11-28T11:17:33Z','root','notice send',190,22,17,'71c9a93b562179857acaa8691643aa691ef66df8ba14a0b739157c0f9e5f11a7');
INSERT INTO batch VALUES (123,'2026-02-05','2026-11-28T11:17:33Z','root','notice send',191,22,17,'758b5b074c0d724f0251f7f104d80d9a1b5eb2d878bc77697e0ecce804907d58');
INSERT INTO batch VALUES (124,'2026-02-05','2026-11-28T11:17:33Z','root','notice send',192,22,17,'a7534d70c61bb909688eeb19e7ecfefc426e9c02c402c350bd65bf5317e64e21');
INSERT INTO batch VALUES (125,'2026-02-05','2026-11-28T11:17:33Z','root','notice send',193,22,17,'bb1e6db93dddab6cc3e0efe36370ec5d4e2003740efe27f074c7a658cfc8e40e');
INSERT INTO batch VALUES (126,'2026-02-05','2026-11-28T11:17:33Z','root','notice send',194,22,17,'35fb94e06ec59596af9d0f0405ed490d97c5eb8d3fe27d0b23521c4d7986599c');
INSERT INTO batch VALUES (127,'2026-02-05','2026-11-28T11:17:33Z','root','notice send',195,22,17,'581fe57ae8832b83c207c95ea78eabb6dd8a48f674dee9e460f052f9c2e6d17b');
INSERT INTO batch VALUES (128,'2026-02-05','2026-11-28T11:17:33Z','root','notice send',196,22,17,'d6ff357f0c9c9f775a68397a688c0f5b2c1a3a21a562aa7c90ed36093abb574d');
INSERT INTO batch VALUES (129,'2026-02-05','2026-11-28T11:17:33Z','root','notice send',197,22,17,'7296749a0c25116c54a216f4b5e1ce968bc0acbc6a71f59b5b85e4fc52a643a3');
INSERT INTO batch VALUES (130,'2026-02-05','2026-11-28T11:17:33Z','root','notice send',198,22,17,'0974674f8467e29a0cab67492517f7f43af5b42ba9d9b7ff720e883c36d01f7a');
INSERT INTO batch VALUES (131,'2026-02-05','2026-11-28T11:17:33Z','root','notice send',199,22,17,'50fe9066ab6828ce1d45fed887a510805ce4c8a9d2ac7b5ac91f60d8b5897104');
INSERT INTO batch VALUES (132,'2026-02-05','2026-11-28T11:17:33Z','root','task done',200,22,17,'6b01db5e1781f6498ebda51a01876da23eef2418b8ca31bced4ec2418f5f29f0');
INSERT INTO batch VALUES (133,'2026-02-05','2026-11-28T11:17:33Z','root','task fail',201,22,17,'cffee44c63a7ae57dab900c3eebfa71af07518001cc0cffd02f05273f46b5834');
INSERT INTO batch VALUES (134,'2026-02-05','2026-11-28T11:17:34Z','root','tax set',202,22,17,'6163ce51d9cd8c31bef3aee12ae65a8107253d87e27f63455c58964391d844d2');
INSERT INTO batch VALUES (135,'2026-02-05','2026-11-28T11:17:35Z','root','customer edit',203,22,17,'a7e19166cd7d479c4b2601078802e609dc692f0a800984245f7b7859459d029d');
INSERT INTO batch VALUES (136,'2026-02-08','2026-11-28T11:17:36Z','root','tick',205,22,17,'4174e958cbecb9d7db03d977720879c3d7e52e3b83c029f2d85a279af558789c');
INSERT INTO batch VALUES (137,'2026-02-09','2026-11-28T11:17:36Z','root','tick',206,22,17,'ea36dd300fbe871abf4edb17237c3207d31d0e0c8124fcad41dd7ab7a7d51681');
INSERT INTO batch VALUES (138,'2026-02-13','2026-11-28T11:17:36Z','root','tick',208,22,17,'10ef1fa0b63bb04cbc430c76b48f7974d909f1dbb44f98a37e351505bd93520f');
INSERT INTO batch VALUES (139,'2026-02-14','2026-11-28T11:17:36Z','root','tick',209,22,17,'689aff29542d739c4a324aab7738a8045d70cdfa10faae428ef6b2a55072b700');
INSERT INTO batch VALUES (140,'2026-02-15','2026-11-28T11:17:36Z','root','tick',216,22,17,'df291b6cab77be7fdf28ff325d617b648b3985247b5ce22bcf0cba805142affd');
INSERT INTO batch VALUES (141,'2026-02-16','2026-11-28T11:17:36Z','root','tick',218,22,17,'24f6a4059e86421d421320579f6d5942f8666bb84b30d50e4d6b40dc25d9c022');
INSERT INTO batch VALUES (142,'2026-03-01','2026-11-28T11:17:36Z','root','tick',229,24,19,'ed1128ff709778d2b0084a3f05379e46a1489ea664b6b7df640f068fb750a19c');
INSERT INTO batch VALUES (143,'2026-03-04','2026-11-28T11:17:36Z','root','tick',232,25,20,'f2d5980c71cfbb54f1cf8af9a1ef3a67ee82bd195547d88178e27f436ea72d69');
INSERT INTO batch VALUES (144,'2026-03-20','2026-11-28T11:17:37Z','root','payment export',233,25,20,'4f81970bbd8c54409c3359462cc19de280299808522847e4677011b44bf90493');
INSERT INTO batch VALUES (145,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',234,25,20,'8008a79e680ed24c1619df64c3f0393f5eefd27f611f841f3bf452a4bff1b509');
INSERT INTO batch VALUES (146,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',235,25,20,'5989b9702989762f6b6fc0974815a723680f822e74cad147764c3a285cb108fb');
INSERT INTO batch VALUES (147,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',236,25,20,'c8b93548f6ca02bbea5ff2c2bdf09432743935870bdeb399105a92ddf2c68ce0');
INSERT INTO batch VALUES (148,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',237,25,20,'7d885e25d1a5478cb0b522ab3bcc6839a6874f2d6e9d1ee53c014881a9cb8d5b');
INSERT INTO batch VALUES (149,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',238,25,20,'27160199d30a6fa937dc8562d95ff9392510838d972fab3584671923166dcfef');
INSERT INTO batch VALUES (150,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',239,25,20,'99e810bd08693357b6f51958d46cf2f257eac7e75767dd85112978ec2baae3c9');
INSERT INTO batch VALUES (151,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',240,25,20,'6c1c4db1b848d5362ab1851c7e889095bd596c3839e9adac40dd143023632bea');
INSERT INTO batch VALUES (152,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',241,25,20,'a11850938431009f577d6c7d91115bf80a8b4ae928429dbbefe98831f7c21b16');
INSERT INTO batch VALUES (153,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',242,25,20,'3fb4e8beeeaba00b83554147e907816a634d7767d6c9810917495ce1e65d90b8');
INSERT INTO batch VALUES (154,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',243,25,20,'bfd3ece83055a53bcba2b40b175770ffc69f1dedab734ef968b56642df0ccea3');
INSERT INTO batch VALUES (155,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',244,25,20,'7d69343057a545e5787302e970980505af638500285a7b3fd4c5008bafad5800');
INSERT INTO batch VALUES (156,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',245,25,20,'c19e9303f5c43d4aecee63f0fb658ac8866b68c1fffdaa987740c7c49621d6e5');
INSERT INTO batch VALUES (157,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',246,25,20,'da69a1a0d9173b29f29389b1afc4cb71ff5da1566ea1d765524ceb09f6904b5b');
INSERT INTO batch VALUES (158,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',247,25,20,'74481fa86cae61973d0f5303d9423cf4819779c1abf44352da5fa7d0215f37f1');
INSERT INTO batch VALUES (159,'2026-03-20','2026-11-28T11:17:38Z','root','notice send',248,25,20,'8a5b8f0d3b31144161640762665bd21d7d69195468f43c0c8696dbbd12ae7c2b');
INSERT INTO batch VALUES (160,'2026-03-20','2026-11-28T11:17:39Z','root','notice send',249,25,20,'a760afc53bc6410e2c5c661e1bd514fd150ab4975ee55160969f11c3612c3095');
INSERT INTO batch VALUES (161,'2026-03-20','2026-11-28T11:17:39Z','root','notice send',250,25,20,'9ef3be193c38e39339846270f23332dfdd12a0a6425098912412db2b8352faba');
INSERT INTO batch VALUES (162,'2026-03-20','2026-11-28T11:17:39Z','root','notice send',251,25,20,'8bcb9c79822898d67873744956514fbc94173f0452512044133abf466e69a165');
INSERT INTO batch VALUES (163,'2026-03-23','2026-11-28T11:17:39Z','root','tick',252,25,20,'1fc2ff58b01dca8ab2f55a574afb2b96724b7db6f5704622f0701b8fd52e9adb');
INSERT INTO batch VALUES (164,'2026-03-30','2026-11-28T11:17:39Z','root','tick',257,25,20,'11f76f9c04df462dc960a99987999c6d61fea271e3ea285c86b6f02a35bcfefe');
INSERT INTO batch VALUES (165,'2026-04-01','2026-11-28T11:17:39Z','root','tick',268,27,22,'d28e7fcee3fd62f1eff9c8c7a01179024a59a37c344f7574ea87bcaddb039bd2');
INSERT INTO batch VALUES (166,'2026-04-04','2026-11-28T11:17:39Z','root','tick',273,28,23,'fd67382b57fe911540c8838b2c77ab93421461597847a742e98ec757e241d286');
INSERT INTO batch VALUES (167,'2026-04-17','2026-11-28T11:17:39Z','root','tick',274,28,23,'01eaece296e2aa29c6aa45ac7221301d335ba5b631353277eb9916ab54016782');
INSERT INTO batch VALUES (168,'2026-04-20','2026-11-28T11:17:41Z','root','notice send',275,28,23,'5205eae2cc98fb3b91e93fc493cca6e97e29c930f536e1546e4443f3485c86cf');
INSERT INTO batch VALUES (169,'2026-04-20','2026-11-28T11:17:41Z','root','notice send',276,28,23,'9123161929fa8287049529d64a862dc8dc5ec59034bc91c1040d4f4a1796d230');
INSERT INTO batch VALUES (170,'2026-04-20','2026-11-28T11:17:41Z','root','notice send',277,28,23,'463fd198387fd11155fc80b2fb49bf1b9b0058962e4ca52d31a74a6fda162c78');
INSERT INTO batch VALUES (171,'2026-04-20','2026-11-28T11:17:41Z','root','notice send',278,28,23,'a6cd83427f211bdd53c3d88f6626a0d46f3d5716a2391280ecded70b2e507a9d');
INSERT INTO batch VALUES (172,'2026-04-20','2026-11-28T11:17:41Z','root','notice send',279,28,23,'257de998b5e28c1601adfd72d944803d7ae85bc19ba1a22d107f7bd8bba1ddc3');
INSERT INTO batch VALUES (173,'2026-04-20','2026-11-28T11:17:41Z','root','notice send',280,28,23,'59aa46837941454e4526fa858e1c5876783083ac8b2b1c536eccc8121d8676b5');
INSERT INTO batch VALUES (174,'2026-04-20','2026-11-28T11:17:41Z','root','notice send',281,28,23,'903d50fc70290ac5de087ba44172565078aa30a8869962ac5c4b5bb00f8f2d5a');
INSERT INTO batch VALUES (175,'2026-04-20','2026-11-28T11:17:41Z','root','notice send',282,28,23,'147da47b58e945c7e3e1dbb8febcbfdb2b9292d7780425a97f662fe6d1378026');
INSERT INTO batch VALUES (176,'2026-04-20','2026-11-28T11:17:41Z','root','notice send',283,28,23,'1dc99bbff94a44ad355af4934583bc859336e167c3628c9886137a925a33b39d');
INSERT INTO batch VALUES (177,'2026-04-20','2026-11-28T11:17:41Z','root','notice send',284,28,23,'6f4f64f1964423d831f2fa60e29e16b7a253bdd56b0d9a3b286ccb12f639a1e8');
INSERT INTO batch VALUES (178,'2026-04-20','2026-11-28T11:17:41Z','root','notice send',285,28,23,'3224d1c9dc06e773ac0392c0b9d02f75974c28dd5e0f04641c4b011049570058');
INSERT INTO batch VALUES (179,'2026-04-20','2026-11-28T11:17:41Z','root','notice send',286,28,23,'aab68e97dc1ed81ffc738ee8bc633dcbff707fd8716cc7beb5070ab5c1250f27');
INSERT INTO batch VALUES (180,'2026-04-20','2026-11-28T11:17:41Z','root','offer price',287,28,23,'f5f4cc0b7d47b1c72dcffe3c31fdb9569e5e5f6b77ca8058dfd0e4dc93789e68');
INSERT INTO batch VALUES (181,'2026-04-25','2026-11-28T11:17:43Z','root','prepaid refund',288,29,23,'24fc6f367e2fce16e9cc76517b5b0f0a7013866945a4371bc7f4505f8ee491fb');
INSERT INTO batch VALUES (182,'2026-04-25','2026-11-28T11:17:43Z','root','customer close',289,29,23,'ed5ab73eb0d1ae82c1f98b0b27c50a2b056ac4f06652459392a5047f34f00cde');
INSERT INTO batch VALUES (183,'2026-04-25','2026-11-28T11:17:44Z','root','task done',290,29,23,'7b3221fc9ddc464b679535390fc12b06cfec88ef1cf2753d54e8823daa1570fb');
INSERT INTO batch VALUES (184,'2026-04-25','2026-11-28T11:17:44Z','root','task done',291,29,23,'be3ec644b4788bd221d07aee47d1a90f764a176a9545b257a939fb784321426a');
INSERT INTO batch VALUES (185,'2026-04-25','2026-11-28T11:17:44Z','root','task done',292,29,23,'d12c56eead625853e81ae94c662c9a2467c65e383e4b10d0dd54b6f146d87d39');
INSERT INTO batch VALUES (186,'2026-04-25','2026-11-28T11:17:44Z','root','customer erase',293,29,23,'c154c157d23208641b37e4fda7a692e7939c45a58dbe8cd7a5166458340b5af3');
INSERT INTO batch VALUES (187,'2026-04-25','2026-11-28T11:17:45Z','root','account order',297,30,24,'9a3468dc317b59ba72a5b4f071b674f695b31bd06e25d9e7ecc908bdb1e509fe');
INSERT INTO batch VALUES (188,'2026-04-25','2026-11-28T11:17:46Z','root','account order',300,31,25,'c323987a650902e982eeb0ce5198d00493f7000df0997693bf85715d1e47340a');
INSERT INTO batch VALUES (189,'2026-04-25','2026-11-28T11:17:46Z','root','offer price',301,31,25,'bf1a7f77978e2225ed6ab9a90d01fe29ac4f5855940ed8f38bc7fffce61af8bf');
INSERT INTO batch VALUES (190,'2026-04-25','2026-11-28T11:17:47Z','root','offer price',302,31,25,'5e02e8d7cf919d2fdfe7dccaa1858e2b1eeeb035690a475d9bef1d84119a2e21');
INSERT INTO batch VALUES (191,'2026-04-25','2026-11-28T11:17:47Z','root','payment export',303,31,25,'a801628f91895005844cbc6ee544510535325dd8952161c854896c1ae172ba46');
INSERT INTO command_key VALUES ('account order',1,'first','d13759e645446459b4ece3e2d4c9fc6a25dc3e53a7d4dee06bf9dd37d1b90b6b',4);
INSERT INTO command_key VALUES ('prepaid credit',1,'first','9268f0fe3a8440111da9c9e37316364d36346c03407e26444d07486ee0a74f6e',1);
