-- A store of schema 3, as the mailctl of that time kept it: rows of every table. Never changed.
INSERT INTO store VALUES (1,'2026-11-28T11:19:53Z','manual','Etc/UTC','FR','EUR');
INSERT INTO clock VALUES (1,'2026-04-28','2026-04-28','2026-11-28T11:21:34Z',NULL);
INSERT INTO setting VALUES ('mail-from','billing@host.example');
INSERT INTO setting VALUES ('mail-host','127.0.0.1');
INSERT INTO setting VALUES ('mail-port','44615');
INSERT INTO setting VALUES ('mail-tls','none');
INSERT INTO setting VALUES ('seller-name','Müller & Söhne «Hébergement»');
INSERT INTO customer VALUES (1,'acme','Acme SARL','it@acme.example',NULL,'+33123456789','1 rue de l''Église','75001','Paris','FR','fr',NULL,NULL,'open',18270,NULL,0,NULL,0,'2026-01-01',NULL);
INSERT INTO customer VALUES (2,'bolt','Bolt GmbH ''Süd'' "x"','it@bolt.example',NULL,NULL,NULL,NULL,NULL,'DE','de','DE136695976',NULL,'open',-37482,'2026-01-25',0,NULL,0,'2026-01-01',NULL);
INSERT INTO customer VALUES (3,'late','Late & Sons; DROP TABLE customer --','it@late.example',NULL,NULL,NULL,NULL,NULL,'FR','fr',NULL,NULL,'open',-191,'2026-01-25',0,NULL,0,'2026-01-01',NULL);
INSERT INTO customer VALUES (4,'slow','محمد 山田 {{7*7}} =1+1','it@slow.example',NULL,NULL,NULL,NULL,NULL,'FR','fr',NULL,30,'open',-632,'2026-04-04',0,NULL,0,'2026-01-01',NULL);
INSERT INTO customer VALUES (5,'gone','erased','erased',NULL,NULL,NULL,NULL,NULL,'FR','fr',NULL,NULL,'erased',0,NULL,0,NULL,0,'2026-01-01','2026-04-25');
INSERT INTO domain VALUES (1,'acme.example',1,'2026-01-01');
INSERT INTO domain VALUES (2,'bolt.example',2,'2026-01-01');
INSERT INTO domain VALUES (4,'slow.example',4,'2026-01-04');
INSERT INTO domain VALUES (5,'late.example',3,'2026-01-25');
INSERT INTO offer VALUES (1,'email-pro','E-mail Pro Neu',NULL,'account',NULL);
INSERT INTO offer VALUES (2,'hosted-exchange','Hosted Exchange',NULL,'account',NULL);
INSERT INTO offer VALUES (3,'private-exchange','Private Exchange',NULL,'platform',NULL);
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
INSERT INTO customer_price VALUES (1,1,'monthly','2026-01-01',195,0);
INSERT INTO customer_price VALUES (2,1,'monthly','2026-02-05',150,0);
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
INSERT INTO tax_rate VALUES ('GP','2000-01-01',850);
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
INSERT INTO tax_rate VALUES ('MQ','2000-01-01',850);
INSERT INTO tax_rate VALUES ('MT','2000-01-01',1800);
INSERT INTO tax_rate VALUES ('NL','2000-01-01',2100);
INSERT INTO tax_rate VALUES ('PL','2000-01-01',2300);
INSERT INTO tax_rate VALUES ('PT','2000-01-01',2300);
INSERT INTO tax_rate VALUES ('RE','2000-01-01',850);
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
INSERT INTO purchase_order VALUES (18,2,NULL,'debt','not-paid','2026-01-25',NULL,NULL,37482,0,37482,NULL);
INSERT INTO purchase_order VALUES (19,2,7,'accounts','delivered','2026-01-25','2026-01-25',NULL,8616,1637,10253,'2026-01-25');
INSERT INTO purchase_order VALUES (20,4,NULL,'debt','cancelled','2026-02-04',NULL,NULL,246,0,246,'2026-02-05');
INSERT INTO purchase_order VALUES (21,4,NULL,'prepaid-credit','delivered','2026-02-05','2026-02-05',NULL,1000,0,1000,'2026-02-05');
INSERT INTO purchase_order VALUES (22,4,NULL,'debt','not-paid','2026-04-04',NULL,NULL,632,0,632,NULL);
INSERT INTO purchase_order VALUES (23,2,NULL,'prepaid-credit','delivered','2026-04-25','2026-04-25',NULL,500,0,500,'2026-04-25');
INSERT INTO purchase_order VALUES (24,2,7,'accounts','delivered','2026-04-25','2026-04-25',NULL,19050,0,19050,'2026-04-25');
INSERT INTO purchase_order VALUES (25,1,2,'accounts','delivered','2026-04-25','2026-04-25',NULL,19050,3810,22860,'2026-04-25');
INSERT INTO account VALUES (1,1,'anna@acme.example',1,'active','monthly','monthly',NULL,4,'2026-01-01',1,'2026-05-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (2,1,NULL,NULL,'active','monthly','monthly',NULL,4,'2026-01-01',1,'2026-05-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (3,2,'hugo.boss@acme.example',1,'active','monthly','monthly',NULL,5,'2026-01-01',1,'2026-05-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (4,3,'pia@acme.example',1,'active','monthly','monthly',NULL,6,'2026-01-01',1,'2026-05-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (5,4,'otto@acme.example',1,'deleted','monthly','none','monthly',7,'2026-01-01',1,'2026-02-01',NULL,'2026-02-01','expired','2026-02-15','2026-02-15',29);
INSERT INTO account VALUES (6,7,'ben@bolt.example',2,'active','monthly','monthly',NULL,8,'2026-01-01',1,'2026-05-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (7,2,'susi@acme.example',1,'deleted','monthly','none',NULL,9,'2026-01-01',1,'2026-02-01',NULL,'2026-02-01','expired','2026-02-15','2026-02-15',29);
INSERT INTO account VALUES (8,3,'dora@acme.example',1,'deleted','monthly','monthly',NULL,10,'2026-01-01',1,'2026-02-01',NULL,NULL,NULL,NULL,'2026-01-01',NULL);
INSERT INTO account VALUES (9,6,'end@acme.example',1,'active','monthly','monthly',NULL,11,'2026-01-01',1,'2026-05-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (10,10,NULL,NULL,'deleted','monthly','none','none',12,'2026-01-01',1,'2026-02-01',NULL,'2026-02-01','expired','2026-02-15','2026-02-15',30);
INSERT INTO account VALUES (11,7,'imported@bolt.example',2,'active','yearly','yearly',NULL,NULL,'2026-01-01',2,'2026-05-02',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (12,9,'sam@slow.example',4,'active','monthly','monthly',NULL,13,'2026-01-04',4,'2026-05-04',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (13,8,'lea@late.example',5,'deleted','monthly','monthly',NULL,15,'2026-01-25',25,'2026-02-25',NULL,'2026-02-02','debt','2026-02-16','2026-02-16',31);
INSERT INTO account VALUES (14,7,'two@bolt.example',2,'active','yearly','yearly',NULL,17,'2026-01-25',25,'2027-01-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (15,7,NULL,NULL,'active','yearly','yearly',NULL,17,'2026-01-25',25,'2027-01-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (16,7,NULL,NULL,'active','yearly','yearly',NULL,17,'2026-01-25',25,'2027-01-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (17,7,NULL,NULL,'active','yearly','yearly',NULL,19,'2026-01-25',25,'2027-01-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (18,7,NULL,NULL,'active','yearly','yearly',NULL,19,'2026-01-25',25,'2027-01-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (19,7,NULL,NULL,'active','yearly','yearly',NULL,24,'2026-04-25',25,'2027-04-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO account VALUES (20,2,'late.order@acme.example',1,'active','yearly','yearly',NULL,25,'2026-04-25',25,'2027-04-25',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO kept_price VALUES (11,'2026-05-02',19050);
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
INSERT INTO order_line VALUES (24,1,19,NULL,'yearly','2026-04-25','2027-04-25',19050);
INSERT INTO order_line VALUES (25,1,20,'late.order@acme.example','yearly','2026-04-25','2027-04-25',19050);
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
INSERT INTO invoice VALUES (24,'',2026,23,2,24,NULL,'2026-04-25',19050,0,0,19050,'Autoliquidation / Reverse charge: Directive 2006/112/EC, art. 44 and 196','{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Bolt GmbH ''Süd'' "x"',NULL,NULL,NULL,'DE','DE136695976',NULL);
INSERT INTO invoice VALUES (25,'',2026,24,1,25,NULL,'2026-04-25',19050,2000,3810,22860,NULL,'{"name": "Müller & Söhne «Hébergement»", "street": null, "postcode": null, "city": null, "vat_number": null, "country": "FR"}','Acme SARL','1 rue de l''Église','75001','Paris','FR',NULL,NULL);
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
INSERT INTO past_offer_label VALUES (1,17,'E-mail Pro');
INSERT INTO credit_line VALUES (1,'2026-01-01',17);
INSERT INTO credit_line VALUES (2,'2026-01-01',17);
INSERT INTO invoice_open VALUES (1,1,'2026-01-08',468,0,0,'2026-01-01',NULL);
INSERT INTO invoice_open VALUES (2,1,'2026-01-08',0,0,0,'2026-01-01',NULL);
INSERT INTO invoice_open VALUES (3,1,'2026-01-08',0,0,0,'2026-01-01',NULL);
INSERT INTO invoice_open VALUES (4,1,'2026-01-08',0,0,0,'2026-01-01',NULL);
INSERT INTO invoice_open VALUES (5,2,'2026-01-08',0,0,0,'2026-01-01',NULL);
INSERT INTO invoice_open VALUES (6,1,'2026-01-08',0,0,0,'2026-01-01',NULL);
INSERT INTO invoice_open VALUES (7,1,'2026-01-08',0,0,0,'2026-01-01',NULL);
INSERT INTO invoice_open VALUES (8,1,'2026-01-08',0,0,0,'2026-01-01',NULL);
INSERT INTO invoice_open VALUES (9,5,'2026-01-08',0,0,0,'2026-01-01',NULL);
INSERT INTO invoice_open VALUES (10,4,'2026-02-03',0,0,0,'2026-01-25',NULL);
INSERT INTO invoice_open VALUES (11,3,'2026-02-01',0,191,0,NULL,NULL);
INSERT INTO invoice_open VALUES (12,2,'2026-02-01',0,5355,1,NULL,NULL);
INSERT INTO invoice_open VALUES (13,2,'2026-02-01',0,10253,1,NULL,NULL);
INSERT INTO invoice_open VALUES (14,1,'2026-02-08',0,0,0,'2026-02-01',NULL);
INSERT INTO invoice_open VALUES (15,2,'2026-02-08',0,475,1,NULL,NULL);
INSERT INTO invoice_open VALUES (16,4,'2026-03-06',0,0,0,'2026-02-05',NULL);
INSERT INTO invoice_open VALUES (18,1,'2026-03-08',0,0,0,'2026-03-01',NULL);
INSERT INTO invoice_open VALUES (19,2,'2026-03-08',0,399,1,NULL,NULL);
INSERT INTO invoice_open VALUES (20,4,'2026-04-03',0,0,0,'2026-03-04',NULL);
INSERT INTO invoice_open VALUES (21,1,'2026-04-08',0,0,0,'2026-04-01',NULL);
INSERT INTO invoice_open VALUES (22,2,'2026-04-08',0,1950,1,NULL,NULL);
INSERT INTO invoice_open VALUES (23,4,'2026-05-04',0,632,1,NULL,NULL);
INSERT INTO invoice_open VALUES (24,2,'2026-05-02',0,19050,1,NULL,NULL);
INSERT INTO invoice_open VALUES (25,1,'2026-05-02',0,0,0,'2026-04-25',NULL);
INSERT INTO ledger VALUES (1,1,1,'2026-01-01','credit',50000,0,50000,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (2,2,1,'2026-01-01','credit',10000,0,10000,2,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (3,5,1,'2026-01-01','credit',2000,0,2000,3,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (4,1,2,'2026-01-01','charge',-468,50000,49532,4,1,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (5,1,3,'2026-01-01','charge',-479,49532,49053,5,2,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (6,1,4,'2026-01-01','charge',-359,49053,48694,6,3,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (7,1,5,'2026-01-01','charge',-479,48694,48215,7,4,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (8,2,2,'2026-01-01','charge',-475,10000,9525,8,5,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (9,1,6,'2026-01-01','charge',-479,48215,47736,9,6,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (10,1,7,'2026-01-01','charge',-359,47736,47377,10,7,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (11,1,8,'2026-01-01','charge',-234,47377,47143,11,8,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (12,5,2,'2026-01-01','charge',-191,2000,1809,12,9,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (13,4,1,'2026-01-04','charge',-191,0,-191,13,10,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (14,3,1,'2026-01-25','charge',-191,0,-191,15,11,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (15,2,3,'2026-01-25','charge',-15380,9525,-5855,17,12,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (16,4,2,'2026-01-25','payment',191,-191,0,NULL,NULL,1,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (17,2,4,'2026-01-25','charge',-10253,-5855,-16108,19,13,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (18,1,9,'2026-02-01','charge',-1540,47143,45603,NULL,14,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (19,2,5,'2026-02-01','charge',-475,-16108,-16583,NULL,15,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (20,4,3,'2026-02-04','charge',-246,0,-246,NULL,16,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (21,4,4,'2026-02-05','credit',1000,-246,754,21,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (22,1,10,'2026-02-05','credit-note',468,45603,46071,NULL,17,NULL,NULL,'wrong x',NULL,NULL);
INSERT INTO ledger VALUES (23,1,11,'2026-03-01','charge',-1540,46071,44531,NULL,18,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (24,2,6,'2026-03-01','charge',-399,-16583,-16982,NULL,19,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (25,4,5,'2026-03-04','charge',-246,754,508,NULL,20,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (26,1,12,'2026-04-01','charge',-3401,44531,41130,NULL,21,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (27,2,7,'2026-04-01','charge',-1950,-16982,-18932,NULL,22,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (28,4,6,'2026-04-04','charge',-1140,508,-632,NULL,23,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (29,5,3,'2026-04-25','refund',-1809,1809,0,NULL,NULL,NULL,NULL,'closed',NULL,NULL);
INSERT INTO ledger VALUES (30,2,8,'2026-04-25','credit',500,-18932,-18432,23,NULL,NULL,NULL,NULL,'ü ''q''',NULL);
INSERT INTO ledger VALUES (31,2,9,'2026-04-25','charge',-19050,-18432,-37482,24,24,NULL,NULL,NULL,NULL,NULL);
INSERT INTO ledger VALUES (32,1,13,'2026-04-25','charge',-22860,41130,18270,25,25,NULL,NULL,NULL,NULL,NULL);
INSERT INTO method VALUES (1,1,'bank','FR76…0189','{"iban": "FR7630006000011234567890189", "bic": "AGRIFRPPXXX", "holder": "Acme SARL", "mandate": "M-1", "signed_on": "2025-12-01"}',1,NULL,'2026-01-01',NULL,'M-1');
INSERT INTO method VALUES (2,2,'paypal','PayPal …B-1','{"agreement": "B-1"}',1,NULL,'2026-01-01',NULL,NULL);
INSERT INTO method VALUES (3,4,'card','Visa …4242','{"token": "tok_123", "brand": "Visa", "last4": "4242"}',1,'2027-12','2026-01-01',NULL,NULL);
INSERT INTO payment VALUES (1,4,3,191,'succeeded','2026-01-04',NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,'2026-01-25',NULL);
INSERT INTO payment VALUES (2,2,2,5855,'pending','2026-01-25','2026-03-20',NULL,NULL,1,'2026-01-25',NULL,NULL,NULL,NULL,'insufficient funds');
INSERT INTO payment VALUES (3,2,2,10253,'pending','2026-01-25','2026-03-20',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payment VALUES (4,2,2,475,'pending','2026-02-01','2026-03-20',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payment VALUES (5,4,3,246,'cancelled','2026-02-04',NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payment VALUES (6,2,2,399,'pending','2026-03-01','2026-03-20',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payment VALUES (7,2,2,1950,'pending','2026-04-01','2026-04-25',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payment VALUES (8,4,3,632,'pending','2026-04-04',NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payment VALUES (9,2,2,18550,'pending','2026-04-25','2026-04-25',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO payment_export VALUES (1,'paypal','csv','2026-01-25',NULL,'payment,customer,amount,currency,reference,description
2,bolt,58.55,EUR,B-1,"bolt, payment 2"
',NULL);
INSERT INTO payment_export VALUES (2,'paypal','csv','2026-03-20',NULL,'payment,customer,amount,currency,reference,description
2,bolt,58.55,EUR,B-1,"bolt, payment 2"
3,bolt,102.53,EUR,B-1,"bolt, payment 3"
4,bolt,4.75,EUR,B-1,"bolt, payment 4"
6,bolt,3.99,EUR,B-1,"bolt, payment 6"
',NULL);
INSERT INTO payment_export VALUES (3,'paypal','csv','2026-04-25',NULL,'payment,customer,amount,currency,reference,description
7,bolt,19.50,EUR,B-1,"bolt, payment 7"
9,bolt,185.50,EUR,B-1,"bolt, payment 9"
',NULL);
INSERT INTO payment_export_entry VALUES (1,2,1);
INSERT INTO payment_export_entry VALUES (2,2,2);
INSERT INTO payment_export_entry VALUES (2,3,1);
INSERT INTO payment_export_entry VALUES (2,4,1);
INSERT INTO payment_export_entry VALUES (2,6,1);
INSERT INTO payment_export_entry VALUES (3,7,1);
INSERT INTO payment_export_entry VALUES (3,9,1);
INSERT INTO platform_deletion VALUES (6,'d2092eda92e7c52bd1beccae72333d4b253730bb9191a823def8bdc6dc856e7c','2026-01-04');
INSERT INTO notice VALUES (1,1,'order-confirmed','2026-01-01',NULL,4,NULL,NULL,NULL,468,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:20:59Z','outdated');
INSERT INTO notice VALUES (2,1,'order-confirmed','2026-01-01',NULL,5,NULL,NULL,NULL,479,NULL,NULL,'<notice-2.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:20:59Z',NULL,NULL);
INSERT INTO notice VALUES (3,1,'order-confirmed','2026-01-01',NULL,6,NULL,NULL,NULL,359,NULL,NULL,'<notice-3.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:20:59Z',NULL,NULL);
INSERT INTO notice VALUES (4,1,'order-confirmed','2026-01-01',NULL,7,NULL,NULL,NULL,479,NULL,NULL,'<notice-4.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:00Z',NULL,NULL);
INSERT INTO notice VALUES (5,2,'order-confirmed','2026-01-01',NULL,8,NULL,NULL,NULL,475,NULL,NULL,'<notice-5.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:00Z',NULL,NULL);
INSERT INTO notice VALUES (6,1,'order-confirmed','2026-01-01',NULL,9,NULL,NULL,NULL,479,NULL,NULL,'<notice-6.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:00Z',NULL,NULL);
INSERT INTO notice VALUES (7,1,'order-confirmed','2026-01-01',NULL,10,NULL,NULL,NULL,359,NULL,NULL,'<notice-7.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:00Z',NULL,NULL);
INSERT INTO notice VALUES (8,1,'order-confirmed','2026-01-01',NULL,11,NULL,NULL,NULL,234,NULL,NULL,'<notice-8.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:00Z',NULL,NULL);
INSERT INTO notice VALUES (9,5,'order-confirmed','2026-01-01',NULL,12,NULL,NULL,NULL,191,NULL,NULL,'<notice-9.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:01Z',NULL,NULL);
INSERT INTO notice VALUES (10,1,'accounts-deleted','2026-01-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-10.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:01Z',NULL,NULL);
INSERT INTO notice VALUES (11,1,'cancel-recorded','2026-01-01',NULL,NULL,4,NULL,NULL,NULL,NULL,NULL,'<notice-11.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:01Z',NULL,NULL);
INSERT INTO notice VALUES (12,1,'cancel-recorded','2026-01-01',NULL,NULL,5,NULL,NULL,NULL,NULL,NULL,'<notice-12.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:01Z',NULL,NULL);
INSERT INTO notice VALUES (13,1,'delete-token','2026-01-01',NULL,NULL,6,NULL,NULL,NULL,'2026-01-04',NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:21:01Z','outdated');
INSERT INTO notice VALUES (14,4,'order-confirmed','2026-01-04',NULL,13,NULL,NULL,NULL,191,NULL,NULL,'<notice-14.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:01Z',NULL,NULL);
INSERT INTO notice VALUES (15,1,'expiry-coming','2026-01-17',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:21:01Z','outdated');
INSERT INTO notice VALUES (16,5,'expiry-coming','2026-01-17',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:21:01Z','outdated');
INSERT INTO notice VALUES (17,3,'order-confirmed','2026-01-25',NULL,15,NULL,NULL,NULL,191,'2026-02-01',NULL,'<notice-17.b69423061965a56c@host.example>',NULL,1,'550 5.1.1 no such user',NULL,NULL,0,NULL,'2026-11-28T11:21:01Z','refused');
INSERT INTO notice VALUES (18,3,'debt-opened','2026-01-25',NULL,16,NULL,NULL,NULL,191,'2026-02-01',NULL,'<notice-18.b69423061965a56c@host.example>',NULL,1,'550 5.1.1 no such user',NULL,NULL,0,NULL,'2026-11-28T11:21:02Z','refused');
INSERT INTO notice VALUES (19,2,'order-confirmed','2026-01-25',NULL,17,NULL,NULL,NULL,15380,NULL,NULL,'<notice-19.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:02Z',NULL,NULL);
INSERT INTO notice VALUES (20,4,'debt-settled','2026-01-25',NULL,14,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-20.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:02Z',NULL,NULL);
INSERT INTO notice VALUES (21,2,'order-confirmed','2026-01-25',NULL,19,NULL,NULL,NULL,10253,NULL,NULL,'<notice-21.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:02Z',NULL,NULL);
INSERT INTO notice VALUES (22,5,'cancel-recorded','2026-01-25',NULL,NULL,10,NULL,NULL,NULL,NULL,NULL,'<notice-22.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:02Z',NULL,NULL);
INSERT INTO notice VALUES (23,2,'payment-failed','2026-01-25',NULL,NULL,NULL,2,NULL,5855,'2026-01-26',NULL,'<notice-23.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:02Z',NULL,NULL);
INSERT INTO notice VALUES (24,1,'expiry-coming','2026-01-29',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:21:02Z','outdated');
INSERT INTO notice VALUES (25,5,'expiry-coming','2026-01-29',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:21:02Z','outdated');
INSERT INTO notice VALUES (26,3,'debt-reminder','2026-01-30',NULL,NULL,NULL,NULL,NULL,191,'2026-02-01',NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:21:02Z','outdated');
INSERT INTO notice VALUES (27,1,'invoice-issued','2026-02-01',14,NULL,NULL,NULL,NULL,1540,'2026-02-08',NULL,'<notice-27.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:02Z',NULL,NULL);
INSERT INTO notice VALUES (28,2,'invoice-issued','2026-02-01',15,NULL,NULL,NULL,NULL,475,'2026-02-08',NULL,'<notice-28.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:02Z',NULL,NULL);
INSERT INTO notice VALUES (29,1,'accounts-suspended','2026-02-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-29.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:03Z',NULL,NULL);
INSERT INTO notice VALUES (30,5,'accounts-suspended','2026-02-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-30.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:03Z',NULL,NULL);
INSERT INTO notice VALUES (31,3,'accounts-suspended','2026-02-02',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-31.b69423061965a56c@host.example>',NULL,1,'550 5.1.1 no such user',NULL,NULL,0,NULL,'2026-11-28T11:21:03Z','refused');
INSERT INTO notice VALUES (32,4,'invoice-issued','2026-02-04',16,NULL,NULL,NULL,NULL,246,'2026-03-06',NULL,'<notice-32.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:03Z',NULL,NULL);
INSERT INTO notice VALUES (33,4,'debt-settled','2026-02-05',NULL,20,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-33.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:03Z',NULL,NULL);
INSERT INTO notice VALUES (34,1,'credit-note-issued','2026-02-05',17,NULL,NULL,NULL,NULL,468,NULL,NULL,'<notice-34.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:03Z',NULL,NULL);
INSERT INTO notice VALUES (35,1,'deletion-coming','2026-02-08',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:21:12Z','outdated');
INSERT INTO notice VALUES (36,5,'deletion-coming','2026-02-08',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:21:12Z','outdated');
INSERT INTO notice VALUES (37,3,'deletion-coming','2026-02-09',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:21:13Z','outdated');
INSERT INTO notice VALUES (38,1,'deletion-coming','2026-02-13',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:21:13Z','outdated');
INSERT INTO notice VALUES (39,5,'deletion-coming','2026-02-13',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:21:13Z','outdated');
INSERT INTO notice VALUES (40,3,'deletion-coming','2026-02-14',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'2026-11-28T11:21:13Z','outdated');
INSERT INTO notice VALUES (41,1,'accounts-deleted','2026-02-15',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-41.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:13Z',NULL,NULL);
INSERT INTO notice VALUES (42,5,'accounts-deleted','2026-02-15',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-42.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:13Z',NULL,NULL);
INSERT INTO notice VALUES (43,3,'accounts-deleted','2026-02-16',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-43.b69423061965a56c@host.example>',NULL,1,'550 5.1.1 no such user',NULL,NULL,0,NULL,'2026-11-28T11:21:13Z','refused');
INSERT INTO notice VALUES (44,1,'invoice-issued','2026-03-01',18,NULL,NULL,NULL,NULL,1540,'2026-03-08',NULL,'<notice-44.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:13Z',NULL,NULL);
INSERT INTO notice VALUES (45,2,'invoice-issued','2026-03-01',19,NULL,NULL,NULL,NULL,399,'2026-03-08',NULL,'<notice-45.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:14Z',NULL,NULL);
INSERT INTO notice VALUES (46,4,'invoice-issued','2026-03-04',20,NULL,NULL,NULL,NULL,246,'2026-04-03',NULL,'<notice-46.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:14Z',NULL,NULL);
INSERT INTO notice VALUES (47,2,'renewal-coming','2026-03-23',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-47.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:16Z',NULL,NULL);
INSERT INTO notice VALUES (48,1,'invoice-issued','2026-04-01',21,NULL,NULL,NULL,NULL,3401,'2026-04-08',NULL,'<notice-48.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:16Z',NULL,NULL);
INSERT INTO notice VALUES (49,2,'invoice-issued','2026-04-01',22,NULL,NULL,NULL,NULL,1950,'2026-04-08',NULL,'<notice-49.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:17Z',NULL,NULL);
INSERT INTO notice VALUES (50,4,'invoice-issued','2026-04-04',23,NULL,NULL,NULL,NULL,1140,'2026-05-04',NULL,'<notice-50.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:17Z',NULL,NULL);
INSERT INTO notice VALUES (51,2,'renewal-coming','2026-04-17',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'<notice-51.b69423061965a56c@host.example>',NULL,1,NULL,NULL,NULL,0,'2026-11-28T11:21:17Z',NULL,NULL);
INSERT INTO notice VALUES (52,2,'order-confirmed','2026-04-25',NULL,24,NULL,NULL,NULL,19050,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO notice VALUES (53,1,'order-confirmed','2026-04-25',NULL,25,NULL,NULL,NULL,22860,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO notice_account VALUES (1,1,'anna@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (1,2,NULL,'2026-02-01',NULL);
INSERT INTO notice_account VALUES (2,3,'hugo@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (3,4,'pia@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (5,6,'ben@bolt.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (8,9,'end@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (10,8,'dora@acme.example','2026-01-01',NULL);
INSERT INTO notice_account VALUES (11,5,'otto@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (13,9,'end@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (14,12,'sam@slow.example','2026-02-04',NULL);
INSERT INTO notice_account VALUES (15,5,'otto@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (15,7,'susi@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (16,10,NULL,'2026-02-01',NULL);
INSERT INTO notice_account VALUES (19,14,'two@bolt.example','2027-01-25',NULL);
INSERT INTO notice_account VALUES (19,15,NULL,'2027-01-25',NULL);
INSERT INTO notice_account VALUES (19,16,NULL,'2027-01-25',NULL);
INSERT INTO notice_account VALUES (21,17,NULL,'2027-01-25',NULL);
INSERT INTO notice_account VALUES (21,18,NULL,'2027-01-25',NULL);
INSERT INTO notice_account VALUES (22,10,NULL,'2026-02-01',NULL);
INSERT INTO notice_account VALUES (24,5,'otto@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (24,7,'susi@acme.example','2026-02-01',NULL);
INSERT INTO notice_account VALUES (25,10,NULL,'2026-02-01',NULL);
INSERT INTO notice_account VALUES (29,5,'otto@acme.example','2026-02-15','expired');
INSERT INTO notice_account VALUES (29,7,'susi@acme.example','2026-02-15','expired');
INSERT INTO notice_account VALUES (30,10,NULL,'2026-02-15','expired');
INSERT INTO notice_account VALUES (31,13,'lea@late.example','2026-02-16','debt');
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
INSERT INTO notice_account VALUES (51,11,'imported@bolt.example','2026-05-02',NULL);
INSERT INTO notice_account VALUES (52,19,NULL,'2027-04-25',NULL);
INSERT INTO notice_account VALUES (53,20,'late.order@acme.example','2027-04-25',NULL);
INSERT INTO notice_text VALUES (2,'fr','it@acme.example','Commande n° 5 : votre nouvelle boîte e-mail','Bonjour,

Votre commande n° 5 est exécutée : une nouvelle boîte e-mail est prête
sur la plateforme acme-hx.

Valable jusqu’au 1er mars 2026 :
- hugo.boss@acme.example

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

Valable jusqu’au 1er mars 2026 :
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
INSERT INTO notice_text VALUES (4,'fr','it@acme.example','Commande n° 7 exécutée','Bonjour,

Votre commande n° 7 a été exécutée le 1er janvier 2026.

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

Laufzeit bis 1. März 2026:
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
INSERT INTO notice_text VALUES (6,'fr','it@acme.example','Commande n° 9 exécutée','Bonjour,

Votre commande n° 9 a été exécutée le 1er janvier 2026.

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
INSERT INTO notice_text VALUES (7,'fr','it@acme.example','Commande n° 10 exécutée','Bonjour,

Votre commande n° 10 a été exécutée le 1er janvier 2026.

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

Valable jusqu’au 1er mars 2026 :
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

Suppression le 15 février 2026 :
- otto@acme.example

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
enregistrée. Elle n’a plus de boîte e-mail et est fermée.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
');
INSERT INTO notice_text VALUES (14,'fr','it@slow.example','Commande n° 13 : votre nouvelle boîte e-mail','Bonjour,

Votre commande n° 13 est exécutée : une nouvelle boîte e-mail est prête
sur la plateforme slow-pro.

Valable jusqu’au 4 mars 2026 :
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
INSERT INTO notice_text VALUES (19,'de','it@bolt.example','Bestellung 17: Ihre 3 neuen Postfächer','Guten Tag,

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
INSERT INTO notice_text VALUES (20,'fr','it@slow.example','Compte prépayé à jour : merci','Bonjour,

Votre compte prépayé est à jour ; la commande n° 14 est close. Merci.

  Solde prépayé ce jour : 7,54 €

Aucune boîte e-mail n’est plus suspendue en raison d’une somme
manquante. Vous n’avez rien d’autre à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client محمد 山田 {{7*7}} =1+1 (slow).
');
INSERT INTO notice_text VALUES (21,'de','it@bolt.example','Bestellung 19: Ihre 2 neuen Postfächer','Guten Tag,

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
INSERT INTO notice_text VALUES (23,'de','it@bolt.example','Wir konnten 58,55 € nicht einziehen','Guten Tag,

Wir konnten 58,55 € über PayPal …B-1 nicht einziehen.

Der fehlende Betrag wird gerade über PayPal …B-1 eingezogen: Sonst
müssen Sie nichts tun.

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO notice_text VALUES (27,'fr','it@acme.example','Facture 2026-000014 : 15,40 €','Bonjour,

5 de vos boîtes e-mail ont été renouvelées. La facture 2026-000014 de
15,40 € a été débitée de votre compte prépayé.

  Date de la facture : 1er février 2026
  Total HT : 12,83 €
  TVA (20 %) : 2,57 €
  Total TTC : 15,40 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Ce qui est facturé (hors taxes) :
- 3 × E-mail Pro Neu, 1 mois : 5,85 €
- 1 × Hosted Exchange, 1 mois : 3,99 €
- 1 × Private Exchange, 1 mois : 2,99 €

Période facturée jusqu’au 1er mars 2026 :
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
INSERT INTO notice_text VALUES (28,'de','it@bolt.example','Rechnung 2026-000015: 4,75 €','Guten Tag,

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

Berechnet bis 1. März 2026:
- ben@bolt.example

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO notice_text VALUES (29,'fr','it@acme.example','2 boîtes e-mail suspendues : suppression le 15 février 2026','Bonjour,

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
INSERT INTO notice_text VALUES (32,'fr','it@slow.example','Facture 2026-000016 : 2,46 €','Bonjour,

Une de vos boîtes e-mail a été renouvelée. La facture 2026-000016 de
2,46 € a été débitée de votre compte prépayé.

  Date de la facture : 4 février 2026
  Total HT : 2,05 €
  TVA (20 %) : 0,41 €
  Total TTC : 2,46 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Ce qui est facturé (hors taxes) :
- 1 × E-mail Pro Neu, 1 mois : 2,05 €

Période facturée jusqu’au 4 mars 2026 :
- sam@slow.example

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client محمد 山田 {{7*7}} =1+1 (slow).
');
INSERT INTO notice_text VALUES (33,'fr','it@slow.example','Compte prépayé à jour : merci','Bonjour,

Votre compte prépayé est à jour ; la commande n° 20 est close. Merci.

  Solde prépayé ce jour : 7,54 €

Aucune boîte e-mail n’est plus suspendue en raison d’une somme
manquante. Vous n’avez rien d’autre à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client محمد 山田 {{7*7}} =1+1 (slow).
');
INSERT INTO notice_text VALUES (34,'fr','it@acme.example','Avoir AV2026-000001 : 4,68 €','Bonjour,

L’avoir AV2026-000001 annule en totalité la facture 2026-000001 du
1er janvier 2026, d’un montant de 4,68 €.

  Date de l’avoir : 5 février 2026
  Total HT : 3,90 €
  TVA (20 %) : 0,78 €
  Total TTC : 4,68 €

Ce qui est crédité (hors taxes) :
- 2 × E-mail Pro Neu, 1 mois : 3,90 €

Période créditée jusqu’au 1er février 2026 :
- anna@acme.example
- une boîte sans adresse (acme-pro)

La facture a été débitée de votre compte prépayé ; l’avoir, d’un montant
de 4,68 €, y a été crédité.

  Solde prépayé ce jour : 460,71 €

Vous n’avez rien à faire.

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client Acme SARL (acme).
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
- 3 × E-mail Pro Neu, 1 mois : 5,85 €
- 1 × Hosted Exchange, 1 mois : 3,99 €
- 1 × Private Exchange, 1 mois : 2,99 €

Période facturée jusqu’au 1er avril 2026 :
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

Berechnet bis 1. April 2026:
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
- 1 × E-mail Pro Neu, 1 mois : 2,05 €

Période facturée jusqu’au 4 avril 2026 :
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
INSERT INTO notice_text VALUES (48,'fr','it@acme.example','Facture 2026-000020 : 34,01 €','Bonjour,

5 de vos boîtes e-mail ont été renouvelées. La facture 2026-000020 de
34,01 € a été débitée de votre compte prépayé.

  Date de la facture : 1er avril 2026
  Total HT : 28,34 €
  TVA (20 %) : 5,67 €
  Total TTC : 34,01 €

Elle est réglée par votre solde prépayé : vous n’avez rien à faire.

Ce qui est facturé (hors taxes) :
- 3 × E-mail Pro Neu, 1 mois : 5,85 €
- 1 × Hosted Exchange, 1 mois : 19,50 €
- 1 × Private Exchange, 1 mois : 2,99 €

Période facturée jusqu’au 1er mai 2026 :
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
INSERT INTO notice_text VALUES (49,'de','it@bolt.example','Rechnung 2026-000021: 19,50 €','Guten Tag,

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

Berechnet bis 1. Mai 2026:
- ben@bolt.example

Mit freundlichen Grüßen
Müller & Söhne «Hébergement»

-- 
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an billing@host.example.
Diese Nachricht betrifft das Kundenkonto Bolt GmbH ''Süd'' "x" (bolt).
');
INSERT INTO notice_text VALUES (50,'fr','it@slow.example','Facture 2026-000022 : 11,40 €','Bonjour,

Une de vos boîtes e-mail a été renouvelée. La facture 2026-000022 de
11,40 € a été débitée de votre compte prépayé.

  Date de la facture : 4 avril 2026
  Total HT : 9,50 €
  TVA (20 %) : 1,90 €
  Total TTC : 11,40 €

Ce que votre solde prépayé ne couvre pas est en cours de prélèvement via
Visa …4242 : vous n’avez rien à faire.

Ce qui est facturé (hors taxes) :
- 1 × E-mail Pro Neu, 1 mois : 9,50 €

Période facturée jusqu’au 4 mai 2026 :
- sam@slow.example

Cordialement,
Müller & Söhne «Hébergement»

-- 
Une question ? Répondez à ce message ou écrivez à billing@host.example.
Ce message concerne le compte client محمد 山田 {{7*7}} =1+1 (slow).
');
INSERT INTO notice_text VALUES (51,'de','it@bolt.example','Verlängerung eines Postfachs am 2. Mai 2026','Guten Tag,

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
INSERT INTO journal VALUES (3,3,'2026-01-01','customer-added','customer/acme',NULL,'caf458e835b87c370c6c6fa571537da56b8b576b1a39021f157ba1e0ee86a628');
INSERT INTO journal VALUES (4,4,'2026-01-01','customer-added','customer/bolt',NULL,'623cdb42364bc944d6cdba6dad2eed1577545bdf335443597d7b95e882e69808');
INSERT INTO journal VALUES (5,5,'2026-01-01','customer-added','customer/late',NULL,'2180a330f3c6a94db6e4a8e2a95b3c489a5ea923bc45d45b4b0d0f9963b7f8d6');
INSERT INTO journal VALUES (6,6,'2026-01-01','customer-added','customer/slow',NULL,'84926fe3dff5014319eda40b0330a2bc1870d6ea93d4de453c47ef4c935920ee');
INSERT INTO journal VALUES (7,7,'2026-01-01','customer-added','customer/gone',NULL,'14ed4fc2732f5948cb2d7e97bd386374eabd758d4267913db695d0d37e61cee8');
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
INSERT INTO journal VALUES (26,26,'2026-01-01','domain-claimed','customer/acme',NULL,'0c70dd489057fbc3cf97edd568ba630f24ac63f412fe217156f4bb5b94ba073b');
INSERT INTO journal VALUES (27,26,'2026-01-01','ordered','account/1','{"expires_on":"2026-02-01","order":4,"period":"monthly"}','1e3ebc220290ced6740f6ce4732620d914e800de49b12ba650b47f0edd196a49');
INSERT INTO journal VALUES (28,26,'2026-01-01','ordered','account/2','{"expires_on":"2026-02-01","order":4,"period":"monthly"}',NULL);
INSERT INTO journal VALUES (29,26,'2026-01-01','ordered','order/4','{"accounts":2,"kind":"accounts","platform":"acme-pro","total_cents":468}',NULL);
INSERT INTO journal VALUES (30,26,'2026-01-01','invoiced','customer/acme','{"balance_cents":49532,"invoice":"2026-000001","total_cents":468}',NULL);
INSERT INTO journal VALUES (31,27,'2026-01-01','ordered','account/3','{"expires_on":"2026-02-01","order":5,"period":"monthly"}','9d5e3a6abac829bdc2b008fb48d4cb1b4057b46a906dd8c6b0820af1b622becb');
INSERT INTO journal VALUES (32,27,'2026-01-01','ordered','order/5','{"accounts":1,"kind":"accounts","platform":"acme-hx","total_cents":479}',NULL);
INSERT INTO journal VALUES (33,27,'2026-01-01','invoiced','customer/acme','{"balance_cents":49053,"invoice":"2026-000002","total_cents":479}',NULL);
INSERT INTO journal VALUES (34,28,'2026-01-01','ordered','account/4','{"expires_on":"2026-02-01","order":6,"period":"monthly"}','8a507e2d64f4ea0e2e233bf0237b9123f27be109c458c243b2917b952147373a');
INSERT INTO journal VALUES (35,28,'2026-01-01','ordered','order/6','{"accounts":1,"kind":"accounts","platform":"acme-priv","total_cents":359}',NULL);
INSERT INTO journal VALUES (36,28,'2026-01-01','invoiced','customer/acme','{"balance_cents":48694,"invoice":"2026-000003","total_cents":359}',NULL);
INSERT INTO journal VALUES (37,29,'2026-01-01','ordered','account/5','{"expires_on":"2026-02-01","order":7,"period":"monthly"}','c1957040d8753ff4b5dde695b3b14f38bcbd3d4c24a76a72671ba370e7fc11c4');
INSERT INTO journal VALUES (38,29,'2026-01-01','ordered','order/7','{"accounts":1,"kind":"accounts","platform":"acme-old","total_cents":479}',NULL);
INSERT INTO journal VALUES (39,29,'2026-01-01','invoiced','customer/acme','{"balance_cents":48215,"invoice":"2026-000004","total_cents":479}',NULL);
INSERT INTO journal VALUES (40,30,'2026-01-01','domain-claimed','customer/bolt',NULL,'e5ea178bf081ff7cfaf02725dd5ddb2f00457c07f1b76840a382f69b6a5b0841');
INSERT INTO journal VALUES (41,30,'2026-01-01','ordered','account/6','{"expires_on":"2026-02-01","order":8,"period":"monthly"}','dc4917322e3b94d23a53efdc494296dc044eada452988ad6b4a468d3e0ed19ce');
INSERT INTO journal VALUES (42,30,'2026-01-01','ordered','order/8','{"accounts":1,"kind":"accounts","platform":"bolt-hx","total_cents":475}',NULL);
INSERT INTO journal VALUES (43,30,'2026-01-01','invoiced','customer/bolt','{"balance_cents":9525,"invoice":"2026-000005","total_cents":475}',NULL);
INSERT INTO journal VALUES (44,31,'2026-01-01','ordered','account/7','{"expires_on":"2026-02-01","order":9,"period":"monthly"}','01948db33df061177466bcbb1b4520ba47a8d9c7b509fe975243de3340b7c363');
INSERT INTO journal VALUES (45,31,'2026-01-01','ordered','order/9','{"accounts":1,"kind":"accounts","platform":"acme-hx","total_cents":479}',NULL);
INSERT INTO journal VALUES (46,31,'2026-01-01','invoiced','customer/acme','{"balance_cents":47736,"invoice":"2026-000006","total_cents":479}',NULL);
INSERT INTO journal VALUES (47,32,'2026-01-01','ordered','account/8','{"expires_on":"2026-02-01","order":10,"period":"monthly"}','c88295ef35aa376945edf448f3854258f7a2832230f40f7774106bbeef8e0ae2');
INSERT INTO journal VALUES (48,32,'2026-01-01','ordered','order/10','{"accounts":1,"kind":"accounts","platform":"acme-priv","total_cents":359}',NULL);
INSERT INTO journal VALUES (49,32,'2026-01-01','invoiced','customer/acme','{"balance_cents":47377,"invoice":"2026-000007","total_cents":359}',NULL);
INSERT INTO journal VALUES (50,33,'2026-01-01','ordered','account/9','{"expires_on":"2026-02-01","order":11,"period":"monthly"}','4665e8bd0ac7ba8bdaff7268aeef8aacedc58e6537d6685ef86375024597d20a');
INSERT INTO journal VALUES (51,33,'2026-01-01','ordered','order/11','{"accounts":1,"kind":"accounts","platform":"acme-end","total_cents":234}',NULL);
INSERT INTO journal VALUES (52,33,'2026-01-01','invoiced','customer/acme','{"balance_cents":47143,"invoice":"2026-000008","total_cents":234}',NULL);
INSERT INTO journal VALUES (53,34,'2026-01-01','domain-claimed','customer/gone',NULL,'fad7844cf132948aa20bc49831f2fed7fd996055da378be695b2bdb7e99fb887');
INSERT INTO journal VALUES (54,34,'2026-01-01','ordered','account/10','{"expires_on":"2026-02-01","order":12,"period":"monthly"}','c133ed0f88ec53dbb4de48b45ac508b0d2277992342edae92552ac13de93eda6');
INSERT INTO journal VALUES (55,34,'2026-01-01','ordered','order/12','{"accounts":1,"kind":"accounts","platform":"gone-pro","total_cents":191}',NULL);
INSERT INTO journal VALUES (56,34,'2026-01-01','invoiced','customer/gone','{"balance_cents":1809,"invoice":"2026-000009","total_cents":191}',NULL);
INSERT INTO journal VALUES (57,35,'2026-01-01','imported','account/11','{"expires_on":"2026-05-02","period":"yearly","renewal":"yearly"}','a603918ef52020420be54dc9456f1643a4a56fd0a298a1bf61b95e33df794db6');
INSERT INTO journal VALUES (58,36,'2026-01-01','deleted','account/8',NULL,NULL);
INSERT INTO journal VALUES (59,37,'2026-01-01','renewal-changed','account/7','{"effective_on":"2026-02-01","new":"none","old":"monthly"}',NULL);
INSERT INTO journal VALUES (60,38,'2026-01-01','renewal-changed','account/10','{"effective_on":"2026-02-01","new":"none","old":"monthly"}',NULL);
INSERT INTO journal VALUES (61,39,'2026-01-01','renamed','account/3',NULL,'4540612d8face1908c05e2602cf305ca56849286837faeba0aeca537f4338d7b');
INSERT INTO journal VALUES (62,40,'2026-01-01','renewal-changed','account/5','{"effective_on":"2026-02-01","new":"none","old":"monthly"}',NULL);
INSERT INTO journal VALUES (63,40,'2026-01-01','cancelled','platform/acme-old','{"accounts":1,"reason":null}',NULL);
INSERT INTO journal VALUES (64,41,'2026-01-01','cancelled','platform/acme-gone','{"accounts":0,"reason":null}',NULL);
INSERT INTO journal VALUES (65,41,'2026-01-01','closed','platform/acme-gone',NULL,NULL);
INSERT INTO journal VALUES (66,42,'2026-01-01','deletion-asked','platform/acme-end','{"valid_until_on":"2026-01-04"}',NULL);
INSERT INTO journal VALUES (67,43,'2026-01-01','method-added','customer/acme','{"kind":"bank","method":1}',NULL);
INSERT INTO journal VALUES (68,44,'2026-01-01','method-added','customer/bolt','{"kind":"paypal","method":2}',NULL);
INSERT INTO journal VALUES (69,45,'2026-01-01','method-added','customer/slow','{"kind":"card","method":3}',NULL);
INSERT INTO journal VALUES (70,46,'2026-01-04','domain-claimed','customer/slow',NULL,'4ae6ae7657dab87b4a89f323dff4abb38f4805c9e65b88c4b43e4c53d9bfec42');
INSERT INTO journal VALUES (71,46,'2026-01-04','ordered','account/12','{"expires_on":"2026-02-04","order":13,"period":"monthly"}','efc3a003432546d5067e33eb664d96d0912a5b8fc8251774cc58c75feaea464a');
INSERT INTO journal VALUES (72,46,'2026-01-04','ordered','order/13','{"accounts":1,"kind":"accounts","platform":"slow-pro","total_cents":191}',NULL);
INSERT INTO journal VALUES (73,46,'2026-01-04','invoiced','customer/slow','{"balance_cents":-191,"invoice":"2026-000010","total_cents":191}',NULL);
INSERT INTO journal VALUES (74,46,'2026-01-04','payment-created','customer/slow','{"cents":191,"method":3,"payment":1}',NULL);
INSERT INTO journal VALUES (75,46,'2026-01-04','debt-opened','customer/slow','{"debt_cents":191,"due_on":"2026-02-03","order":14}',NULL);
INSERT INTO journal VALUES (76,47,'2026-01-17','notice-queued','customer/acme','{"kind":"expiry-coming","notice":15}',NULL);
INSERT INTO journal VALUES (77,47,'2026-01-17','notice-queued','customer/gone','{"kind":"expiry-coming","notice":16}',NULL);
INSERT INTO journal VALUES (78,48,'2026-01-25','domain-claimed','customer/late',NULL,'4391a7b3defed177c22198c8d19eb44f88f64581c3846b9fb173c634b06b8c10');
INSERT INTO journal VALUES (79,48,'2026-01-25','ordered','account/13','{"expires_on":"2026-02-25","order":15,"period":"monthly"}','b1f2b110a41c866a65114412c8efa832a128e30b55087511d1f886a3d3f95fb9');
INSERT INTO journal VALUES (80,48,'2026-01-25','ordered','order/15','{"accounts":1,"kind":"accounts","platform":"late-pro","total_cents":191}',NULL);
INSERT INTO journal VALUES (81,48,'2026-01-25','invoiced','customer/late','{"balance_cents":-191,"invoice":"2026-000011","total_cents":191}',NULL);
INSERT INTO journal VALUES (82,48,'2026-01-25','debt-opened','customer/late','{"debt_cents":191,"due_on":"2026-02-01","order":16}',NULL);
INSERT INTO journal VALUES (83,49,'2026-01-25','ordered','account/14','{"expires_on":"2027-01-25","order":17,"period":"yearly"}','552c2a8df2d34eacdeae44c6257e6d6a42dd12711b8cdc94761821dcc2c59e97');
INSERT INTO journal VALUES (84,49,'2026-01-25','ordered','account/15','{"expires_on":"2027-01-25","order":17,"period":"yearly"}',NULL);
INSERT INTO journal VALUES (85,49,'2026-01-25','ordered','account/16','{"expires_on":"2027-01-25","order":17,"period":"yearly"}',NULL);
INSERT INTO journal VALUES (86,49,'2026-01-25','ordered','order/17','{"accounts":3,"kind":"accounts","platform":"bolt-hx","total_cents":15380}',NULL);
INSERT INTO journal VALUES (87,49,'2026-01-25','invoiced','customer/bolt','{"balance_cents":-5855,"invoice":"2026-000012","total_cents":15380}',NULL);
INSERT INTO journal VALUES (88,49,'2026-01-25','payment-created','customer/bolt','{"cents":5855,"method":2,"payment":2}',NULL);
INSERT INTO journal VALUES (89,49,'2026-01-25','debt-opened','customer/bolt','{"debt_cents":5855,"due_on":"2026-02-01","order":18}',NULL);
INSERT INTO journal VALUES (90,50,'2026-01-25','payments-exported','export/paypal','{"cents":5855,"collect_on":null,"file":1,"format":"csv","payments":[2]}',NULL);
INSERT INTO journal VALUES (91,51,'2026-01-25','payment-settled','customer/slow','{"balance_cents":0,"cents":191,"payment":1}',NULL);
INSERT INTO journal VALUES (92,51,'2026-01-25','debt-settled','customer/slow','{"order":14,"status":"cancelled"}',NULL);
INSERT INTO journal VALUES (93,52,'2026-01-25','ordered','account/17','{"expires_on":"2027-01-25","order":19,"period":"yearly"}',NULL);
INSERT INTO journal VALUES (94,52,'2026-01-25','ordered','account/18','{"expires_on":"2027-01-25","order":19,"period":"yearly"}',NULL);
INSERT INTO journal VALUES (95,52,'2026-01-25','ordered','order/19','{"accounts":2,"kind":"accounts","platform":"bolt-hx","total_cents":10253}',NULL);
INSERT INTO journal VALUES (96,52,'2026-01-25','invoiced','customer/bolt','{"balance_cents":-16108,"invoice":"2026-000013","total_cents":10253}',NULL);
INSERT INTO journal VALUES (97,52,'2026-01-25','payment-created','customer/bolt','{"cents":10253,"method":2,"payment":3}',NULL);
INSERT INTO journal VALUES (98,53,'2026-01-25','cancelled','platform/gone-pro','{"accounts":1,"reason":null}',NULL);
INSERT INTO journal VALUES (99,54,'2026-01-25','payment-try-failed','customer/bolt','{"next_try_on":"2026-01-26","payment":2,"tries":1}','37d72f5c6749a01aa0e579247f7c3073a25cb0727fbbfab58c12c64eafaed1b0');
INSERT INTO journal VALUES (100,55,'2026-01-29','notice-queued','customer/acme','{"kind":"expiry-coming","notice":24}',NULL);
INSERT INTO journal VALUES (101,55,'2026-01-29','notice-queued','customer/gone','{"kind":"expiry-coming","notice":25}',NULL);
INSERT INTO journal VALUES (102,56,'2026-01-30','notice-queued','customer/late','{"kind":"debt-reminder","notice":26}',NULL);
INSERT INTO journal VALUES (103,57,'2026-02-01','invoiced','customer/acme','{"balance_cents":45603,"invoice":"2026-000014","total_cents":1540}',NULL);
INSERT INTO journal VALUES (104,57,'2026-02-01','invoiced','customer/bolt','{"balance_cents":-16583,"invoice":"2026-000015","total_cents":475}',NULL);
INSERT INTO journal VALUES (105,57,'2026-02-01','payment-created','customer/bolt','{"cents":475,"method":2,"payment":4}',NULL);
INSERT INTO journal VALUES (106,57,'2026-02-01','renewed','account/1','{"expires_on":"2026-03-01","period":"monthly","was":"2026-02-01"}',NULL);
INSERT INTO journal VALUES (107,57,'2026-02-01','renewed','account/2','{"expires_on":"2026-03-01","period":"monthly","was":"2026-02-01"}',NULL);
INSERT INTO journal VALUES (108,57,'2026-02-01','renewed','account/3','{"expires_on":"2026-03-01","period":"monthly","was":"2026-02-01"}',NULL);
INSERT INTO journal VALUES (109,57,'2026-02-01','renewed','account/4','{"expires_on":"2026-03-01","period":"monthly","was":"2026-02-01"}',NULL);
INSERT INTO journal VALUES (110,57,'2026-02-01','renewed','account/6','{"expires_on":"2026-03-01","period":"monthly","was":"2026-02-01"}',NULL);
INSERT INTO journal VALUES (111,57,'2026-02-01','renewed','account/9','{"expires_on":"2026-03-01","period":"monthly","was":"2026-02-01"}',NULL);
INSERT INTO journal VALUES (112,57,'2026-02-01','suspended','account/5','{"deletes_on":"2026-02-15","suspended_for":"expired"}',NULL);
INSERT INTO journal VALUES (113,57,'2026-02-01','suspended','account/7','{"deletes_on":"2026-02-15","suspended_for":"expired"}',NULL);
INSERT INTO journal VALUES (114,57,'2026-02-01','suspended','account/10','{"deletes_on":"2026-02-15","suspended_for":"expired"}',NULL);
INSERT INTO journal VALUES (115,57,'2026-02-01','notice-queued','customer/acme','{"kind":"invoice-issued","notice":27}',NULL);
INSERT INTO journal VALUES (116,57,'2026-02-01','notice-queued','customer/bolt','{"kind":"invoice-issued","notice":28}',NULL);
INSERT INTO journal VALUES (117,57,'2026-02-01','notice-queued','customer/acme','{"kind":"accounts-suspended","notice":29}',NULL);
INSERT INTO journal VALUES (118,57,'2026-02-01','notice-queued','customer/gone','{"kind":"accounts-suspended","notice":30}',NULL);
INSERT INTO journal VALUES (119,58,'2026-02-02','suspended','account/13','{"deletes_on":"2026-02-16","suspended_for":"debt"}',NULL);
INSERT INTO journal VALUES (120,58,'2026-02-02','notice-queued','customer/late','{"kind":"accounts-suspended","notice":31}',NULL);
INSERT INTO journal VALUES (121,59,'2026-02-04','invoiced','customer/slow','{"balance_cents":-246,"invoice":"2026-000016","total_cents":246}',NULL);
INSERT INTO journal VALUES (122,59,'2026-02-04','payment-created','customer/slow','{"cents":246,"method":3,"payment":5}',NULL);
INSERT INTO journal VALUES (123,59,'2026-02-04','debt-opened','customer/slow','{"debt_cents":246,"due_on":"2026-03-06","order":20}',NULL);
INSERT INTO journal VALUES (124,59,'2026-02-04','renewed','account/12','{"expires_on":"2026-03-04","period":"monthly","was":"2026-02-04"}',NULL);
INSERT INTO journal VALUES (125,59,'2026-02-04','notice-queued','customer/slow','{"kind":"invoice-issued","notice":32}',NULL);
INSERT INTO journal VALUES (126,60,'2026-02-05','credited','customer/slow','{"balance_cents":754,"cents":1000,"order":21}',NULL);
INSERT INTO journal VALUES (127,60,'2026-02-05','payment-cancelled','customer/slow','{"payment":5}',NULL);
INSERT INTO journal VALUES (128,60,'2026-02-05','debt-settled','customer/slow','{"order":20,"status":"cancelled"}',NULL);
INSERT INTO journal VALUES (129,61,'2026-02-05','invoice-credited','customer/acme','{"balance_cents":46071,"credit_note":"AV2026-000001","invoice":"2026-000001","total_cents":468}',NULL);
INSERT INTO journal VALUES (130,62,'2026-02-05','offer-edited','offer/email-pro','{"label":"E-mail Pro Neu","old":"E-mail Pro"}',NULL);
INSERT INTO journal VALUES (131,63,'2026-02-05','price-set','customer/bolt','{"cents":150,"from_on":"2026-02-05","offer":"email-pro","period":"monthly"}',NULL);
INSERT INTO journal VALUES (132,64,'2026-02-05','price-set','offer/email-pro','{"cents":950,"from_on":"2026-03-10","offer":"email-pro","period":"monthly"}',NULL);
INSERT INTO journal VALUES (133,65,'2026-02-05','price-set','offer/hosted-exchange','{"cents":1950,"from_on":"2026-03-25","offer":"hosted-exchange","period":"monthly"}',NULL);
INSERT INTO journal VALUES (134,66,'2026-02-05','price-set','offer/hosted-exchange','{"cents":19050,"from_on":"2026-03-25","offer":"hosted-exchange","period":"yearly"}',NULL);
INSERT INTO journal VALUES (135,67,'2026-02-05','setting-changed','setting/mail-host','{"new":"127.0.0.1","old":""}',NULL);
INSERT INTO journal VALUES (136,68,'2026-02-05','setting-changed','setting/mail-port','{"new":"44615","old":"587"}',NULL);
INSERT INTO journal VALUES (137,69,'2026-02-05','setting-changed','setting/mail-tls','{"new":"none","old":"starttls"}',NULL);
INSERT INTO journal VALUES (138,70,'2026-02-05','setting-changed','setting/mail-from','{"new":"billing@host.example","old":""}',NULL);
INSERT INTO journal VALUES (139,71,'2026-02-05','notice-outdated','customer/acme','{"kind":"order-confirmed","notice":1}',NULL);
INSERT INTO journal VALUES (140,72,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":2,"try":1}',NULL);
INSERT INTO journal VALUES (141,73,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":2,"try":1}','095a3955d3fcdc52fc8709b44337e10a6ae0c449ce01de5254bcc768968d2d28');
INSERT INTO journal VALUES (142,74,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":3,"try":1}',NULL);
INSERT INTO journal VALUES (143,75,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":3,"try":1}','dc02db1c62ba7a73ccc161d3dbc2889b1c6370ba8427afb791011a9bc59b74ad');
INSERT INTO journal VALUES (144,76,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":4,"try":1}',NULL);
INSERT INTO journal VALUES (145,77,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":4,"try":1}','968138b212a9467b595bf0092b68ef295903c7b3215699ca81e5f348ee729f46');
INSERT INTO journal VALUES (146,78,'2026-02-05','notice-tried','customer/bolt','{"kind":"order-confirmed","notice":5,"try":1}',NULL);
INSERT INTO journal VALUES (147,79,'2026-02-05','notice-sent','customer/bolt','{"kind":"order-confirmed","notice":5,"try":1}','72eb0679463a723e7d152580b5accfb28f15117b8c7870da46bd5308607cfc74');
INSERT INTO journal VALUES (148,80,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":6,"try":1}',NULL);
INSERT INTO journal VALUES (149,81,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":6,"try":1}','a893cefc4a021dde13fb90168bb5daa2196f85b1cc5dd6d7e9b7928106d91df0');
INSERT INTO journal VALUES (150,82,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":7,"try":1}',NULL);
INSERT INTO journal VALUES (151,83,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":7,"try":1}','6cfb0784861440dd7fee5ac89cbdd7c63cd96e41f12fcd7d38d1d088ee3a29d7');
INSERT INTO journal VALUES (152,84,'2026-02-05','notice-tried','customer/acme','{"kind":"order-confirmed","notice":8,"try":1}',NULL);
INSERT INTO journal VALUES (153,85,'2026-02-05','notice-sent','customer/acme','{"kind":"order-confirmed","notice":8,"try":1}','371d38d985bf441ec94aba41541b6f15738ccce59917077d51ff23d841e2d812');
INSERT INTO journal VALUES (154,86,'2026-02-05','notice-tried','customer/gone','{"kind":"order-confirmed","notice":9,"try":1}',NULL);
INSERT INTO journal VALUES (155,87,'2026-02-05','notice-sent','customer/gone','{"kind":"order-confirmed","notice":9,"try":1}','bf0df5153fa4d64fba11e3930d5582e1f3814296df4aa07dfde86385f04acc5a');
INSERT INTO journal VALUES (156,88,'2026-02-05','notice-tried','customer/acme','{"kind":"accounts-deleted","notice":10,"try":1}',NULL);
INSERT INTO journal VALUES (157,89,'2026-02-05','notice-sent','customer/acme','{"kind":"accounts-deleted","notice":10,"try":1}','fcefc7de886bcdd0a9951052b71c6b0c818b668a08392242faae473185f0be0d');
INSERT INTO journal VALUES (158,90,'2026-02-05','notice-tried','customer/acme','{"kind":"cancel-recorded","notice":11,"try":1}',NULL);
INSERT INTO journal VALUES (159,91,'2026-02-05','notice-sent','customer/acme','{"kind":"cancel-recorded","notice":11,"try":1}','bb87a42095acc30e741885a4259746bf813bd6a9ec2a8dcfdf7d24122ac5d42c');
INSERT INTO journal VALUES (160,92,'2026-02-05','notice-tried','customer/acme','{"kind":"cancel-recorded","notice":12,"try":1}',NULL);
INSERT INTO journal VALUES (161,93,'2026-02-05','notice-sent','customer/acme','{"kind":"cancel-recorded","notice":12,"try":1}','85b08249dbc817607e2845b56d6c098016863c80dbc25f5acc6a52c06e13d88d');
INSERT INTO journal VALUES (162,94,'2026-02-05','notice-outdated','customer/acme','{"kind":"delete-token","notice":13}',NULL);
INSERT INTO journal VALUES (163,95,'2026-02-05','notice-tried','customer/slow','{"kind":"order-confirmed","notice":14,"try":1}',NULL);
INSERT INTO journal VALUES (164,96,'2026-02-05','notice-sent','customer/slow','{"kind":"order-confirmed","notice":14,"try":1}','cee2707c12c1f4693e0b8c429c4bdae43554990f7e65a1702c41661c7fa65907');
INSERT INTO journal VALUES (165,97,'2026-02-05','notice-outdated','customer/acme','{"kind":"expiry-coming","notice":15}',NULL);
INSERT INTO journal VALUES (166,98,'2026-02-05','notice-outdated','customer/gone','{"kind":"expiry-coming","notice":16}',NULL);
INSERT INTO journal VALUES (167,99,'2026-02-05','notice-tried','customer/late','{"kind":"order-confirmed","notice":17,"try":1}',NULL);
INSERT INTO journal VALUES (168,100,'2026-02-05','notice-refused','customer/late','{"kind":"order-confirmed","notice":17,"try":1}','136c55db4266cdca0c6776a10039cbdf4fda37ad7b53f3d9917e651e8fab1d6f');
INSERT INTO journal VALUES (169,101,'2026-02-05','notice-tried','customer/late','{"kind":"debt-opened","notice":18,"try":1}',NULL);
INSERT INTO journal VALUES (170,102,'2026-02-05','notice-refused','customer/late','{"kind":"debt-opened","notice":18,"try":1}','3f6d79b08e4bdd86abb442b3d33dd6937ebb4b922f8b996b855e5e42f2a3cb1a');
INSERT INTO journal VALUES (171,103,'2026-02-05','notice-tried','customer/bolt','{"kind":"order-confirmed","notice":19,"try":1}',NULL);
INSERT INTO journal VALUES (172,104,'2026-02-05','notice-sent','customer/bolt','{"kind":"order-confirmed","notice":19,"try":1}','a4dcc361fa817a9fe20e69e5875a27e1e02d7725b9b7f761bc135bf87b834292');
INSERT INTO journal VALUES (173,105,'2026-02-05','notice-tried','customer/slow','{"kind":"debt-settled","notice":20,"try":1}',NULL);
INSERT INTO journal VALUES (174,106,'2026-02-05','notice-sent','customer/slow','{"kind":"debt-settled","notice":20,"try":1}','587f46e043bbde795c81623be42b22c57c0946de5eb1545829fdf2e6388a4aca');
INSERT INTO journal VALUES (175,107,'2026-02-05','notice-tried','customer/bolt','{"kind":"order-confirmed","notice":21,"try":1}',NULL);
INSERT INTO journal VALUES (176,108,'2026-02-05','notice-sent','customer/bolt','{"kind":"order-confirmed","notice":21,"try":1}','b6a791a14b3c926b70e65515a5436f86d723e4b10f20344c499ed94a46f9dc7f');
INSERT INTO journal VALUES (177,109,'2026-02-05','notice-tried','customer/gone','{"kind":"cancel-recorded","notice":22,"try":1}',NULL);
INSERT INTO journal VALUES (178,110,'2026-02-05','notice-sent','customer/gone','{"kind":"cancel-recorded","notice":22,"try":1}','e176cc07faca9be3c66ad79195b98b1b36a7ece5dd89181cab0030eeec049795');
INSERT INTO journal VALUES (179,111,'2026-02-05','notice-tried','customer/bolt','{"kind":"payment-failed","notice":23,"try":1}',NULL);
INSERT INTO journal VALUES (180,112,'2026-02-05','notice-sent','customer/bolt','{"kind":"payment-failed","notice":23,"try":1}','f6d9290e4aa0249ada406b08795fceb169a01c74221474d9b83dc286dbdedc68');
INSERT INTO journal VALUES (181,113,'2026-02-05','notice-outdated','customer/acme','{"kind":"expiry-coming","notice":24}',NULL);
INSERT INTO journal VALUES (182,114,'2026-02-05','notice-outdated','customer/gone','{"kind":"expiry-coming","notice":25}',NULL);
INSERT INTO journal VALUES (183,115,'2026-02-05','notice-outdated','customer/late','{"kind":"debt-reminder","notice":26}',NULL);
INSERT INTO journal VALUES (184,116,'2026-02-05','notice-tried','customer/acme','{"kind":"invoice-issued","notice":27,"try":1}',NULL);
INSERT INTO journal VALUES (185,117,'2026-02-05','notice-sent','customer/acme','{"kind":"invoice-issued","notice":27,"try":1}','1dcc858c767244c86b76c847a38bb16b5eddd2fd9f5ce4f50e1e0791eaacfb15');
INSERT INTO journal VALUES (186,118,'2026-02-05','notice-tried','customer/bolt','{"kind":"invoice-issued","notice":28,"try":1}',NULL);
INSERT INTO journal VALUES (187,119,'2026-02-05','notice-sent','customer/bolt','{"kind":"invoice-issued","notice":28,"try":1}','f9a01109a00783dc0677115f480d53c6632a3e173661bce38882d43b64fe0542');
INSERT INTO journal VALUES (188,120,'2026-02-05','notice-tried','customer/acme','{"kind":"accounts-suspended","notice":29,"try":1}',NULL);
INSERT INTO journal VALUES (189,121,'2026-02-05','notice-sent','customer/acme','{"kind":"accounts-suspended","notice":29,"try":1}','e32113b448f029eb2cb52ee352bc2a6d0573d6a9e90df5c1a62787c93d838122');
INSERT INTO journal VALUES (190,122,'2026-02-05','notice-tried','customer/gone','{"kind":"accounts-suspended","notice":30,"try":1}',NULL);
INSERT INTO journal VALUES (191,123,'2026-02-05','notice-sent','customer/gone','{"kind":"accounts-suspended","notice":30,"try":1}','f00063a6d9904b27c51325adf069a678e07b0ab4040f917e9b6796f9d6aafecb');
INSERT INTO journal VALUES (192,124,'2026-02-05','notice-tried','customer/late','{"kind":"accounts-suspended","notice":31,"try":1}',NULL);
INSERT INTO journal VALUES (193,125,'2026-02-05','notice-refused','customer/late','{"kind":"accounts-suspended","notice":31,"try":1}','2552c3a0a7a9e81e55b3b86963aa68c4147ebcfda80e131bfca1c7e9db3cc614');
INSERT INTO journal VALUES (194,126,'2026-02-05','notice-tried','customer/slow','{"kind":"invoice-issued","notice":32,"try":1}',NULL);
INSERT INTO journal VALUES (195,127,'2026-02-05','notice-sent','customer/slow','{"kind":"invoice-issued","notice":32,"try":1}','cc2b3b38940c1747416626ab0b2bb5be8ff71c46041a4e758c0e90261b1672d2');
INSERT INTO journal VALUES (196,128,'2026-02-05','notice-tried','customer/slow','{"kind":"debt-settled","notice":33,"try":1}',NULL);
INSERT INTO journal VALUES (197,129,'2026-02-05','notice-sent','customer/slow','{"kind":"debt-settled","notice":33,"try":1}','93afc6b6c81cee296d923f43d47ac284a53636176bc7651224aca07f3da3b9dd');
INSERT INTO journal VALUES (198,130,'2026-02-05','notice-tried','customer/acme','{"kind":"credit-note-issued","notice":34,"try":1}',NULL);
INSERT INTO journal VALUES (199,131,'2026-02-05','notice-sent','customer/acme','{"kind":"credit-note-issued","notice":34,"try":1}','e12ce64032cddac3c817bda74771a1eebab8c1171ac188f9e60a7fe94b5bd29d');
INSERT INTO journal VALUES (200,132,'2026-02-05','task-done','account/1','{"task":1}',NULL);
INSERT INTO journal VALUES (201,133,'2026-02-05','task-failed','account/3','{"task":2}',NULL);
INSERT INTO journal VALUES (202,134,'2026-02-05','rate-set','tax/LU','{"from_on":"2026-03-01","rate":1800}',NULL);
INSERT INTO journal VALUES (203,135,'2026-02-05','customer-edited','customer/bolt','{"changed":["vat_number"]}','73562b72febdfc8787a78fd7aac50761f7e648e9707c0b5b73726e38b307337f');
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
INSERT INTO journal VALUES (233,144,'2026-03-20','payments-exported','export/paypal','{"cents":16982,"collect_on":null,"file":2,"format":"csv","payments":[2,3,4,6]}',NULL);
INSERT INTO journal VALUES (234,145,'2026-03-20','notice-outdated','customer/acme','{"kind":"deletion-coming","notice":35}',NULL);
INSERT INTO journal VALUES (235,146,'2026-03-20','notice-outdated','customer/gone','{"kind":"deletion-coming","notice":36}',NULL);
INSERT INTO journal VALUES (236,147,'2026-03-20','notice-outdated','customer/late','{"kind":"deletion-coming","notice":37}',NULL);
INSERT INTO journal VALUES (237,148,'2026-03-20','notice-outdated','customer/acme','{"kind":"deletion-coming","notice":38}',NULL);
INSERT INTO journal VALUES (238,149,'2026-03-20','notice-outdated','customer/gone','{"kind":"deletion-coming","notice":39}',NULL);
INSERT INTO journal VALUES (239,150,'2026-03-20','notice-outdated','customer/late','{"kind":"deletion-coming","notice":40}',NULL);
INSERT INTO journal VALUES (240,151,'2026-03-20','notice-tried','customer/acme','{"kind":"accounts-deleted","notice":41,"try":1}',NULL);
INSERT INTO journal VALUES (241,152,'2026-03-20','notice-sent','customer/acme','{"kind":"accounts-deleted","notice":41,"try":1}','924921399ee7dbb757975b5718d11ca22a13523847b8a582b1b18ab673544866');
INSERT INTO journal VALUES (242,153,'2026-03-20','notice-tried','customer/gone','{"kind":"accounts-deleted","notice":42,"try":1}',NULL);
INSERT INTO journal VALUES (243,154,'2026-03-20','notice-sent','customer/gone','{"kind":"accounts-deleted","notice":42,"try":1}','d2d47a845a9c27a141280741ca226fd1520ebb26698e2a0a0e335ea5fa322915');
INSERT INTO journal VALUES (244,155,'2026-03-20','notice-tried','customer/late','{"kind":"accounts-deleted","notice":43,"try":1}',NULL);
INSERT INTO journal VALUES (245,156,'2026-03-20','notice-refused','customer/late','{"kind":"accounts-deleted","notice":43,"try":1}','fc92514fb4248f3fb4f7894f4a98e6c2f4633f8f7713511cb2ea818faca01a1d');
INSERT INTO journal VALUES (246,157,'2026-03-20','notice-tried','customer/acme','{"kind":"invoice-issued","notice":44,"try":1}',NULL);
INSERT INTO journal VALUES (247,158,'2026-03-20','notice-sent','customer/acme','{"kind":"invoice-issued","notice":44,"try":1}','1a64a601823f8a9f38216eab04debf65bfaa611e253513630a91e0f1b0d087d8');
INSERT INTO journal VALUES (248,159,'2026-03-20','notice-tried','customer/bolt','{"kind":"invoice-issued","notice":45,"try":1}',NULL);
INSERT INTO journal VALUES (249,160,'2026-03-20','notice-sent','customer/bolt','{"kind":"invoice-issued","notice":45,"try":1}','67797e4589915ef35fde5996c6c03b3b97fa4cfc7ecc7e6a1edd58636bc0c847');
INSERT INTO journal VALUES (250,161,'2026-03-20','notice-tried','customer/slow','{"kind":"invoice-issued","notice":46,"try":1}',NULL);
INSERT INTO journal VALUES (251,162,'2026-03-20','notice-sent','customer/slow','{"kind":"invoice-issued","notice":46,"try":1}','18e519e7748f8b9ae3b5b1b309987e6a38960cbfcc36e18a36e44c9b20205c45');
INSERT INTO journal VALUES (252,163,'2026-03-23','notice-queued','customer/bolt','{"kind":"renewal-coming","notice":47}',NULL);
INSERT INTO journal VALUES (253,164,'2026-04-01','invoiced','customer/acme','{"balance_cents":41130,"invoice":"2026-000020","total_cents":3401}',NULL);
INSERT INTO journal VALUES (254,164,'2026-04-01','invoiced','customer/bolt','{"balance_cents":-18932,"invoice":"2026-000021","total_cents":1950}',NULL);
INSERT INTO journal VALUES (255,164,'2026-04-01','payment-created','customer/bolt','{"cents":1950,"method":2,"payment":7}',NULL);
INSERT INTO journal VALUES (256,164,'2026-04-01','renewed','account/1','{"expires_on":"2026-05-01","period":"monthly","was":"2026-04-01"}',NULL);
INSERT INTO journal VALUES (257,164,'2026-04-01','renewed','account/2','{"expires_on":"2026-05-01","period":"monthly","was":"2026-04-01"}',NULL);
INSERT INTO journal VALUES (258,164,'2026-04-01','renewed','account/3','{"expires_on":"2026-05-01","period":"monthly","was":"2026-04-01"}',NULL);
INSERT INTO journal VALUES (259,164,'2026-04-01','renewed','account/4','{"expires_on":"2026-05-01","period":"monthly","was":"2026-04-01"}',NULL);
INSERT INTO journal VALUES (260,164,'2026-04-01','renewed','account/6','{"expires_on":"2026-05-01","period":"monthly","was":"2026-04-01"}',NULL);
INSERT INTO journal VALUES (261,164,'2026-04-01','renewed','account/9','{"expires_on":"2026-05-01","period":"monthly","was":"2026-04-01"}',NULL);
INSERT INTO journal VALUES (262,164,'2026-04-01','notice-queued','customer/acme','{"kind":"invoice-issued","notice":48}',NULL);
INSERT INTO journal VALUES (263,164,'2026-04-01','notice-queued','customer/bolt','{"kind":"invoice-issued","notice":49}',NULL);
INSERT INTO journal VALUES (264,165,'2026-04-04','invoiced','customer/slow','{"balance_cents":-632,"invoice":"2026-000022","total_cents":1140}',NULL);
INSERT INTO journal VALUES (265,165,'2026-04-04','payment-created','customer/slow','{"cents":632,"method":3,"payment":8}',NULL);
INSERT INTO journal VALUES (266,165,'2026-04-04','debt-opened','customer/slow','{"debt_cents":632,"due_on":"2026-05-04","order":22}',NULL);
INSERT INTO journal VALUES (267,165,'2026-04-04','renewed','account/12','{"expires_on":"2026-05-04","period":"monthly","was":"2026-04-04"}',NULL);
INSERT INTO journal VALUES (268,165,'2026-04-04','notice-queued','customer/slow','{"kind":"invoice-issued","notice":50}',NULL);
INSERT INTO journal VALUES (269,166,'2026-04-17','notice-queued','customer/bolt','{"kind":"renewal-coming","notice":51}',NULL);
INSERT INTO journal VALUES (270,167,'2026-04-20','notice-tried','customer/bolt','{"kind":"renewal-coming","notice":47,"try":1}',NULL);
INSERT INTO journal VALUES (271,168,'2026-04-20','notice-sent','customer/bolt','{"kind":"renewal-coming","notice":47,"try":1}','30b0ae36f43adc50040cfd6c5e1697feb8fb12a95fefaa715e8ac4ce8ba9a8cf');
INSERT INTO journal VALUES (272,169,'2026-04-20','notice-tried','customer/acme','{"kind":"invoice-issued","notice":48,"try":1}',NULL);
INSERT INTO journal VALUES (273,170,'2026-04-20','notice-sent','customer/acme','{"kind":"invoice-issued","notice":48,"try":1}','d61fe0f61eabcf7308ce14e2f63a74d1523fbd81de183644bedc263dd4903d4f');
INSERT INTO journal VALUES (274,171,'2026-04-20','notice-tried','customer/bolt','{"kind":"invoice-issued","notice":49,"try":1}',NULL);
INSERT INTO journal VALUES (275,172,'2026-04-20','notice-sent','customer/bolt','{"kind":"invoice-issued","notice":49,"try":1}','b158b5c3267ee9d047999f574e254ec643668c5c05c7b4aafc57e87aa673ad99');
INSERT INTO journal VALUES (276,173,'2026-04-20','notice-tried','customer/slow','{"kind":"invoice-issued","notice":50,"try":1}',NULL);
INSERT INTO journal VALUES (277,174,'2026-04-20','notice-sent','customer/slow','{"kind":"invoice-issued","notice":50,"try":1}','e1c577330d05b3236ece047a9aa94eb588d97d0e485e796d8aebcce5960e1cd2');
INSERT INTO journal VALUES (278,175,'2026-04-20','notice-tried','customer/bolt','{"kind":"renewal-coming","notice":51,"try":1}',NULL);
INSERT INTO journal VALUES (279,176,'2026-04-20','notice-sent','customer/bolt','{"kind":"renewal-coming","notice":51,"try":1}','2a559df112ac951f3ec456018d9f691eba1a456260201cbb8e9188790a877de0');
INSERT INTO journal VALUES (280,177,'2026-04-20','price-set','offer/hosted-exchange','{"cents":29050,"from_on":"2026-04-28","offer":"hosted-exchange","period":"yearly"}',NULL);
INSERT INTO journal VALUES (281,177,'2026-04-20','price-kept','account/11','{"cents":19050,"starts_on":"2026-05-02"}',NULL);
INSERT INTO journal VALUES (282,178,'2026-04-25','refunded','customer/gone','{"balance_cents":0,"cents":1809}',NULL);
INSERT INTO journal VALUES (283,179,'2026-04-25','customer-closed','customer/gone',NULL,NULL);
INSERT INTO journal VALUES (284,180,'2026-04-25','task-done','account/10','{"task":9}',NULL);
INSERT INTO journal VALUES (285,181,'2026-04-25','task-done','account/10','{"task":17}',NULL);
INSERT INTO journal VALUES (286,182,'2026-04-25','task-done','account/10','{"task":21}',NULL);
INSERT INTO journal VALUES (287,183,'2026-04-25','credited','customer/bolt','{"balance_cents":-18432,"cents":500,"order":23,"reference":"ü ''q''"}',NULL);
INSERT INTO journal VALUES (288,184,'2026-04-25','customer-erased','customer/gone',NULL,NULL);
INSERT INTO journal VALUES (289,185,'2026-04-25','ordered','account/19','{"expires_on":"2027-04-25","order":24,"period":"yearly"}',NULL);
INSERT INTO journal VALUES (290,185,'2026-04-25','ordered','order/24','{"accounts":1,"kind":"accounts","platform":"bolt-hx","total_cents":19050}',NULL);
INSERT INTO journal VALUES (291,185,'2026-04-25','invoiced','customer/bolt','{"balance_cents":-37482,"invoice":"2026-000023","total_cents":19050}',NULL);
INSERT INTO journal VALUES (292,185,'2026-04-25','payment-created','customer/bolt','{"cents":18550,"method":2,"payment":9}',NULL);
INSERT INTO journal VALUES (293,186,'2026-04-25','ordered','account/20','{"expires_on":"2027-04-25","order":25,"period":"yearly"}','1c82fea1cddff6e735213490fdf64b2d2f6e5d1e676f9243a3aa3ae65b0efc91');
INSERT INTO journal VALUES (294,186,'2026-04-25','ordered','order/25','{"accounts":1,"kind":"accounts","platform":"acme-hx","total_cents":22860}',NULL);
INSERT INTO journal VALUES (295,186,'2026-04-25','invoiced','customer/acme','{"balance_cents":18270,"invoice":"2026-000024","total_cents":22860}',NULL);
INSERT INTO journal VALUES (296,187,'2026-04-25','price-set','offer/hosted-exchange','{"cents":2990,"from_on":"2026-04-27","offer":"hosted-exchange","period":"monthly"}',NULL);
INSERT INTO journal VALUES (297,188,'2026-04-25','price-set','offer/email-pro','{"cents":310,"from_on":"2026-04-26","offer":"email-pro","period":"monthly"}',NULL);
INSERT INTO journal VALUES (298,189,'2026-04-25','payments-exported','export/paypal','{"cents":20500,"collect_on":null,"file":3,"format":"csv","payments":[7,9]}',NULL);
INSERT INTO journal_personal VALUES (3,'3f2afff2ded79eb8d25a01c39202a973','{"city":"Paris","country":"FR","email":"it@acme.example","language":"fr","name":"Acme SARL","phone":"+33123456789","postcode":"75001","street":"1 rue de l''Église"}');
INSERT INTO journal_personal VALUES (4,'e78c5ef88b9fb3c8b415c3dbb3d028d9','{"country":"DE","email":"it@bolt.example","language":"de","name":"Bolt GmbH ''Süd'' \"x\""}');
INSERT INTO journal_personal VALUES (5,'1bad3372af19e9309ce4ec9fcff0be96','{"country":"FR","email":"it@late.example","language":"fr","name":"Late & Sons; DROP TABLE customer --"}');
INSERT INTO journal_personal VALUES (6,'cd5ce1927d87988faf6c5f6405ba2a51','{"country":"FR","email":"it@slow.example","language":"fr","name":"محمد 山田 {{7*7}} =1+1","payment_days":30}');
INSERT INTO journal_personal VALUES (26,'eabf2e7f0d75f7736667ecafb5e06e0b','{"domain":"acme.example"}');
INSERT INTO journal_personal VALUES (27,'0fb40a6940bf934de2cf25dbe8f91f0b','{"address":"anna@acme.example"}');
INSERT INTO journal_personal VALUES (31,'941900b2bb5d5d3f897df2423a92c9f1','{"address":"hugo@acme.example"}');
INSERT INTO journal_personal VALUES (34,'7116afced96205182408ce43c16b0216','{"address":"pia@acme.example"}');
INSERT INTO journal_personal VALUES (37,'5feeb80cc03b9fd616ed7cf4814821b0','{"address":"otto@acme.example"}');
INSERT INTO journal_personal VALUES (40,'c3604e021939adb759ef1efac13b5609','{"domain":"bolt.example"}');
INSERT INTO journal_personal VALUES (41,'aa76f2cee2477e3ee78494d915346607','{"address":"ben@bolt.example"}');
INSERT INTO journal_personal VALUES (44,'491c4b7d78ed4852b5b9df59fa5c3c7d','{"address":"susi@acme.example"}');
INSERT INTO journal_personal VALUES (47,'a0ea05399a8263719f06268835c50710','{"address":"dora@acme.example"}');
INSERT INTO journal_personal VALUES (50,'1e2c50f867b90b9914362e3e80a443cc','{"address":"end@acme.example"}');
INSERT INTO journal_personal VALUES (57,'9d619f8629271628ec0143d67c2a1b7b','{"address":"imported@bolt.example"}');
INSERT INTO journal_personal VALUES (61,'46b3235edbc5b3278695bda4343e7bb7','{"address":"hugo.boss@acme.example","old":"hugo@acme.example"}');
INSERT INTO journal_personal VALUES (70,'a497d10991cf7fda27677b698b69726f','{"domain":"slow.example"}');
INSERT INTO journal_personal VALUES (71,'1758c7c6ea048059b0f229eb346e4bc5','{"address":"sam@slow.example"}');
INSERT INTO journal_personal VALUES (78,'ba2f5aeea9576769bdceab41f9caa9cc','{"domain":"late.example"}');
INSERT INTO journal_personal VALUES (79,'54ebf6e6702ef6bbc877c26af25af9dc','{"address":"lea@late.example"}');
INSERT INTO journal_personal VALUES (83,'61c00078ebbaec47b81ac9c978ec1839','{"address":"two@bolt.example"}');
INSERT INTO journal_personal VALUES (99,'f0c9d4aa181182e438e51e19a13ed0f3','{"reason":"insufficient funds"}');
INSERT INTO journal_personal VALUES (141,'68d70721fc8654afd132245f0a0b9a9b','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (143,'6bb5bb87d7ce8dc4593036526659208c','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (145,'79b5df879ef5f075b5f3cbb5725cebd3','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (147,'7c606f5f5a6eab3b2eed409805d0a0d0','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (149,'d53526f67969929e3b0255210bf8afd7','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (151,'08f776b3ce4a2ca4a5cb871fc5558208','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (153,'8a549d106df4b22726bd78f59c22fef8','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (157,'0b662982cc6167410f2fbb23829987ab','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (159,'2af23cb3285afae7358e11a387ed11f1','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (161,'0edeec22c911bc4cee901886037a708f','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (164,'4fc12ce02583eb67fb9cb0f59263b77d','{"to":"it@slow.example"}');
INSERT INTO journal_personal VALUES (168,'514955fa2092ce6c1f05f9246950b0ef','{"reason":"550 5.1.1 no such user","to":"it@late.example"}');
INSERT INTO journal_personal VALUES (170,'3fdb4d2664598bc9956aba07d45f9d6b','{"reason":"550 5.1.1 no such user","to":"it@late.example"}');
INSERT INTO journal_personal VALUES (172,'fe61ecf0aedb20492ae394ec68aa6aa4','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (174,'587822662e722ee3bf09a6d1ffcc4c2f','{"to":"it@slow.example"}');
INSERT INTO journal_personal VALUES (176,'a19a41ff3823cd294c61279cccd7c64b','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (180,'8bf9eaf28f51ea4bf9a039046a22cb6e','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (185,'87016a69026ad05f71b17054dce61f88','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (187,'1e97d0957400bf4ee9af01db4d4b4f7d','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (189,'a8ed0cde7de435df092d6fd3db35d502','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (193,'9244d0d0307ffb3a13cd982f94e5ee9e','{"reason":"550 5.1.1 no such user","to":"it@late.example"}');
INSERT INTO journal_personal VALUES (195,'4813679e8fe9ad22276d151a9ef34b51','{"to":"it@slow.example"}');
INSERT INTO journal_personal VALUES (197,'333ef52b643b360eee7ed6514b05910b','{"to":"it@slow.example"}');
INSERT INTO journal_personal VALUES (199,'b812491762108e818a4ed21cb909cc06','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (203,'c91011ffff19c5d22cabf14b6d1cf47f','{"new":{"vat_number":"DE136695976"},"old":{"vat_number":null}}');
INSERT INTO journal_personal VALUES (241,'fa497519ea9c3482f5ea75a12f50dea6','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (245,'e1ce9ff8b279f4cd90e8de0b066432f7','{"reason":"550 5.1.1 no such user","to":"it@late.example"}');
INSERT INTO journal_personal VALUES (247,'346be9f00ed40d639a4b5b292659d93a','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (249,'51a05de190356c25dc094ae1a0c3374a','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (251,'3996d31905ba705cacbaab16932ea3be','{"to":"it@slow.example"}');
INSERT INTO journal_personal VALUES (271,'f6d877fd1604729cc06d314e8116cad5','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (273,'4c3a6468b9504068b6dae6cc21899b94','{"to":"it@acme.example"}');
INSERT INTO journal_personal VALUES (275,'0216e25be0c8b5bc9243251b3af4076f','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (277,'65dc26c035565ac0fffea7d5bbf8c721','{"to":"it@slow.example"}');
INSERT INTO journal_personal VALUES (279,'ec76729b404b3c0063f7f4feab5ede27','{"to":"it@bolt.example"}');
INSERT INTO journal_personal VALUES (293,'afd21d6b82d8401d15137f79b9fdbf51','{"address":"late.order@acme.example"}');
INSERT INTO batch VALUES (1,'2026-01-01','2026-11-28T11:19:54Z','root','init',1,0,0,1,0,0,0,0,'4a6cf54e2e2b0128543c9b0e011a1d3c704a705408368a22c201d90a5762bf66','b69423061965a56cba9b90039abc3029f74044d475716b8e4e63e11c157113fe');
INSERT INTO batch VALUES (2,'2026-01-01','2026-11-28T11:19:55Z','root','settings set',2,0,0,1,0,0,0,0,'eec4fd16bf81a9ccedd5c93eee026813b368a191b32c53cd11d700492dbefa87','e058783a2739440b45d9f2395beae70621b68033d39f43f6f7173ad5e454074e');
INSERT INTO batch VALUES (3,'2026-01-01','2026-11-28T11:19:55Z','root','customer add',3,0,0,1,0,0,0,0,'a830774dafa5b00ccc22786d18a4da3508bc8a7532d7ad5b217d8114ef8be71b','43d5f85f543946c5946d933ce794f5a3fbfc555cbf143c80eed4e840ac40ee95');
INSERT INTO batch VALUES (4,'2026-01-01','2026-11-28T11:19:56Z','root','customer add',4,0,0,1,0,0,0,0,'ba125caed17588411a7d1373304679091c501e82222a09262a667bd1432fe203','193e7e243c20f40e8aa9854d3119f8762cc383594a65f9ca57161ead92ffd638');
INSERT INTO batch VALUES (5,'2026-01-01','2026-11-28T11:19:57Z','root','customer add',5,0,0,1,0,0,0,0,'f194e7a0ddf344498f467a80bb766f8764ed0fe752611d00364a0ca90dbcc217','75f8c9a2897d672a0e8684abc7a51048818a59d3446ecd85ce7003cc0f1d8e4e');
INSERT INTO batch VALUES (6,'2026-01-01','2026-11-28T11:19:58Z','root','customer add',6,0,0,1,0,0,0,0,'8c5a6d96bd03ea856ae21e133d66a55aafd6706a60bfc6b70590856fea30bc6e','8f6dd3646eea2924e5b51c09bbaca10caae54405cabeb16af3b2ff92ae9a7eba');
INSERT INTO batch VALUES (7,'2026-01-01','2026-11-28T11:19:59Z','root','customer add',7,0,0,1,0,0,0,0,'cca9c7ed1dc442bf051532375791ff172f3bf88d5e7a4cc105e900fdcde2d091','688f02b627a51224895e85fbf775b57a1906b04415ef51b4d5ec4bb0246be121');
INSERT INTO batch VALUES (8,'2026-01-01','2026-11-28T11:20:00Z','root','prepaid credit',8,1,0,1,1,0,0,0,'57b78f72fbc01e0c81b5dc0505f5a77fce857d89981738eb1c9d689a7c2309a0','36915c03c75497e9fb04e6668e6342b3122d3d2e26cbf8a0f643d22c710d4581');
INSERT INTO batch VALUES (9,'2026-01-01','2026-11-28T11:20:01Z','root','prepaid credit',9,2,0,1,1,0,0,0,'103ec943ac45dbc4cc111343fc80e70ae79a5b72d0d06a095d4c7be03a88d646','b1e0448cfcdd3f6e5dff7cac7ef2958e72efee15a86042a5e8dcfab3b3d34a99');
INSERT INTO batch VALUES (10,'2026-01-01','2026-11-28T11:20:02Z','root','prepaid credit',10,3,0,1,1,0,0,0,'a40fd218d19bea15741fc59da6e313c6736974d381896310ee05d90ed0e2da73','c02ec362b5d522b5f811c3b51c111b2386f074ab06ae3cf8d3706c5d8f25fc12');
INSERT INTO batch VALUES (11,'2026-01-01','2026-11-28T11:20:03Z','root','platform add',11,3,0,1,0,0,0,0,'6c0b8390a79b48833b4a8ed1dd1a8cc6c05aa12f37085e023f07cec857ff1c6b','a77ec60980bbd2082ef92979355f63b8a8d0733de2be25348a7e1aa9aa52a6ff');
INSERT INTO batch VALUES (12,'2026-01-01','2026-11-28T11:20:03Z','root','platform add',12,3,0,1,0,0,0,0,'0cd6fc0f34a720de3a44c309844f15da539654231a2f9ce811504f7d0fae4691','362c3574fd3d7d0db9fbf84afcd51e66882a3b83035a156fcfb023e69ed47e2a');
INSERT INTO batch VALUES (13,'2026-01-01','2026-11-28T11:20:04Z','root','platform add',13,3,0,1,0,0,0,0,'52260aa07dd5d509765aab5aca897e9b4ce310c6b38d9992ff9071e15c56d549','ee91e3f1330b2ef964f2df8c45848fe6b8df3a96451569d54bb2862dac718535');
INSERT INTO batch VALUES (14,'2026-01-01','2026-11-28T11:20:05Z','root','platform add',14,3,0,1,0,0,0,0,'269be5891bda64ee7b41385abe0758df35ede746b1941fd8ba2e475ea8adf11a','458305c476c65c7f66d7f95e8423d1f04b4abc38124240c22fb8e8e268731bbc');
INSERT INTO batch VALUES (15,'2026-01-01','2026-11-28T11:20:06Z','root','platform add',15,3,0,1,0,0,0,0,'ce0ff25ee18001f238efc4352bf4725b8b2bc3975a43f14faf319d3fd14615c9','2f33b40fa333c195e461383e4dc31349982e8f2b26a9af91778798405b5aaa9d');
INSERT INTO batch VALUES (16,'2026-01-01','2026-11-28T11:20:07Z','root','platform add',16,3,0,1,0,0,0,0,'abd22398ac8bb7b463b36f6f35e64409edafb5a43ba34a3255ec892102cdfb5b','492cb24490c83e341d7ea8f723fdbf65e83ece199a9ed072e1d85b96fb5064f9');
INSERT INTO batch VALUES (17,'2026-01-01','2026-11-28T11:20:08Z','root','platform add',17,3,0,1,0,0,0,0,'50b57dfb0d770d1d82c3a987e5a4f7b575274981b7ab3aadc679cb9049960194','890a0f38799dd409b1fad4b67b59a3d3b4397884871909d148bac9a4e0887088');
INSERT INTO batch VALUES (18,'2026-01-01','2026-11-28T11:20:09Z','root','platform add',18,3,0,1,0,0,0,0,'816869314375453c1d9f098730bde6affe7ebdbc16a7cdeb1e5f43ce63b6adac','de962d02b6b56e1c6e3d446ca1bb803e9623dc2661937dbdecfed1cb8b6cfcc5');
INSERT INTO batch VALUES (19,'2026-01-01','2026-11-28T11:20:09Z','root','platform add',19,3,0,1,0,0,0,0,'ba186845b20b80540317baa4112da5be437b17d8d0b7013c60e1773253d1a668','f5a6fdb65f6f6538db47b364e592b0c56742e22e9183c763c82d5c7c768ae8cb');
INSERT INTO batch VALUES (20,'2026-01-01','2026-11-28T11:20:10Z','root','platform add',20,3,0,1,0,0,0,0,'b74141a11bab8af14bda02f9ec7511fe48e5b77280e5af8e193f18eb283d6305','e758275c07d446d9b278df71d773c065127b50b470256f153543ebd04e0c295c');
INSERT INTO batch VALUES (21,'2026-01-01','2026-11-28T11:20:11Z','root','offer add',21,3,0,1,0,0,0,0,'7f943502ded6d63362c6b8e4fa45565ae798ccee9aa624a644a5b3d74bb241d9','226c466fea979e9e71c03e313d06f21d6a6bc4096fdc14672a0d00b82782e3cc');
INSERT INTO batch VALUES (22,'2026-01-01','2026-11-28T11:20:12Z','root','offer add',22,3,0,1,0,0,0,0,'6c7aff772efeb9275c20b9ad2c9ca661f944b0797b9abce2cd532d9db525a226','abc9d68eb5fdd049659207110f06884749fa740e1fff8357bd91b5f9ba78db97');
INSERT INTO batch VALUES (23,'2026-01-01','2026-11-28T11:20:13Z','root','offer price',23,3,0,1,0,0,0,0,'f59280062e6e923cf5e1743ae70b5043e14c99810fe5237a0830f906a2a04484','58d5a458e945fdc43d2a4ff98533ea8ba05eabb33eb187cf16c93c7809de6ded');
INSERT INTO batch VALUES (24,'2026-01-01','2026-11-28T11:20:13Z','root','offer price',24,3,0,1,0,0,0,0,'8d3b009ebf13840efd2ad570449e78f775c781220986cbac4140a4b5461688f2','b3ceb4c060230b613cfeb08395b602661bf515e5eed659fe8efe492a6ff13b68');
INSERT INTO batch VALUES (25,'2026-01-01','2026-11-28T11:20:14Z','root','offer close',25,3,0,1,0,0,0,0,'fdca2347f6c499dba055270024db5f96f9602fd7a5a1655a2c6b6810615a668a','4458da161946df40238d85908d8625bb4916754a1135ad1f3cb5e35ba750231e');
INSERT INTO batch VALUES (26,'2026-01-01','2026-11-28T11:20:15Z','root','account order',30,4,1,5,1,1,0,2,'acc78dd450c993177ac73860f26dbbdd9b8769d06f7682a194c15370a76ca2d1','bb8e8ee00cb3c86e18285caf272fa5ca7eb65d319729356f08cfa56b69bc667d');
INSERT INTO batch VALUES (27,'2026-01-01','2026-11-28T11:20:16Z','root','account order',33,5,2,3,1,1,0,1,'8deae3ae62b0426e5309ed75f61f8dc28fffcdb0b1a00d3a7ed83cef013839dd','79d029decd4b621d8632cc00595a43a609f1d85801e0020297deb5f0c453ae81');
INSERT INTO batch VALUES (28,'2026-01-01','2026-11-28T11:20:17Z','root','account order',36,6,3,3,1,1,0,1,'c37d9e711d3fb9b9fe6673586ba7d3cca93f0621585fa949c5db7436fe7ee6dc','7a15f7f1903a61094821b652ebd0777a2bbd6e4a5f706eaa16d3c5b04e7526d9');
INSERT INTO batch VALUES (29,'2026-01-01','2026-11-28T11:20:18Z','root','account order',39,7,4,3,1,1,0,1,'5c34c3eebd0bad188f848d4b5a8588dbae2611f73da1eff07810501115176012','d14d6f583686a2b484235fd01cd18b15cb4a41abe521f3a6ebb501b51bfe8060');
INSERT INTO batch VALUES (30,'2026-01-01','2026-11-28T11:20:19Z','root','account order',43,8,5,4,1,1,0,1,'1b2d34d997b5469b40a272a73071fcb2a446feedcc6c12b0240220494e21fb47','49fcd60ece7a7e63b9885f8ca7ab541c06c43e62558cdfe21b14850f5d7f988d');
INSERT INTO batch VALUES (31,'2026-01-01','2026-11-28T11:20:20Z','root','account order',46,9,6,3,1,1,0,1,'30f95edfe4de2cdd5dd11c2cdff7f68db75e4e7b0a78a0ea073cc3dfb85c10c0','616d84000bbec6a76ff71fd83e32c3983cdee846a78377e9e7a1d125be263c1b');
INSERT INTO batch VALUES (32,'2026-01-01','2026-11-28T11:20:21Z','root','account order',49,10,7,3,1,1,0,1,'bbd7ac06d904678cce9eb29a9a79f4b3b57e372c591de535fe92265a683427f7','71f320ff61bce441d397b273dd5d5cb8e15a0dd009fb5e757ae6465f90aa8915');
INSERT INTO batch VALUES (33,'2026-01-01','2026-11-28T11:20:21Z','root','account order',52,11,8,3,1,1,0,1,'1e8de8a7f0f616808321deacee740c5aba6900ab7cfeb4d242269d374dca790d','101f3e459887a2121fb949089c0ab72e7841bbd4451deb588caae735b006cf7d');
INSERT INTO batch VALUES (34,'2026-01-01','2026-11-28T11:20:22Z','root','account order',56,12,9,4,1,1,0,1,'2c82f90607ffd29dedc748ba75957650636b258346161438d231974410e3e33c','59590f5e0db8cc51e74cb2262457eb1549755f3d8b7b5b0192149ee51d9278b2');
INSERT INTO batch VALUES (35,'2026-01-01','2026-11-28T11:20:23Z','root','import',57,12,9,1,0,0,0,0,'4019954d779f611324909e1f1655bc24b711cd40281b74ae23b7db8714a285c5','4f75cb1a2b1597596055400dc747e018c2f1cd72d9d6bd89aa9bc925849cc317');
INSERT INTO batch VALUES (36,'2026-01-01','2026-11-28T11:20:24Z','root','account delete',58,12,9,1,0,0,0,0,'4b0a61264c2b74a27ed22ba3be0f44258f8f7e27fc32c4c13f182bfac22e1aa6','101a042421a5c82e6b2d5db3cc2155b43ff149d155f5894ad3eb04d0adb5648e');
INSERT INTO batch VALUES (37,'2026-01-01','2026-11-28T11:20:24Z','root','account renew',59,12,9,1,0,0,0,0,'b30e8ed0ddedaa4d6a17a0ffd7cb3695973c728c6fe2066566460d6822a9f888','73c00fa7aa35af7a56fac57d7a383316f55d4487c5b60cf031639c3a210b977c');
INSERT INTO batch VALUES (38,'2026-01-01','2026-11-28T11:20:24Z','root','account renew',60,12,9,1,0,0,0,0,'136bc5b9dba9c19f124083f6a5eeeea232a3dc54019b98bfdf6d4545f1460065','733e7f5c28ecd11bd4de36ea78679fbc3901ef1765e6e893e78c1c2899e9bbf8');
INSERT INTO batch VALUES (39,'2026-01-01','2026-11-28T11:20:25Z','root','account rename',61,12,9,1,0,0,0,0,'a16414a2a823980cca6228cfec126f7b83afe2ac07edc46f9474a15bf11faed5','f1018a0653b823e9e63d3ac7db8a13568ec4efceafdda9476b9966dcdda40eae');
INSERT INTO batch VALUES (40,'2026-01-01','2026-11-28T11:20:27Z','root','platform cancel',63,12,9,2,0,0,0,0,'d850e06e52f391a1678c7be5cbf2a1a6a07a1ceb03e3ac707eed9db5cdab5232','7151a176cbbec5477473c046a0059dda5dc0cf0851c4d98668e164b1a7472cc1');
INSERT INTO batch VALUES (41,'2026-01-01','2026-11-28T11:20:27Z','root','platform cancel',65,12,9,2,0,0,0,0,'0bdcfedcb6ff955db76940de14c12953889d26c726d264097bf744d460a2f5e6','0b815b9fbf216586e9047a271202fc155d21282740dbfa896d177334efd2a58a');
INSERT INTO batch VALUES (42,'2026-01-01','2026-11-28T11:20:28Z','root','platform delete',66,12,9,1,0,0,0,0,'8130e55aaa6485d2ba8140d6f36227283672f1d990c1117da766313e839d0c50','2e58f2eeeea8d0e9ba4fd30405cdc6c1e6d40e11ef2b8ebbbaaa13cb87727870');
INSERT INTO batch VALUES (43,'2026-01-01','2026-11-28T11:20:30Z','root','method add',67,12,9,1,0,0,0,0,'84adf6601b787ae9d29e345970361463b39890ee07cc85bb2fbf86d411c4f8ac','6ca22ccea960a8a8bd2df167b79d28c848d80b83763a46d8dae7f95c2a72c3d7');
INSERT INTO batch VALUES (44,'2026-01-01','2026-11-28T11:20:32Z','root','method add',68,12,9,1,0,0,0,0,'10077b5a230ce7a463cac358f2f055ba715f39ad2bee4eec0652d87e525f8f56','4ba7579f43b838026b44bf20eb740335dd77dd201553cd8582e627543da1dfbb');
INSERT INTO batch VALUES (45,'2026-01-01','2026-11-28T11:20:32Z','root','method add',69,12,9,1,0,0,0,0,'42124ea1119a122b22d05e0abc005618412e16abf1eee05de43cc0425339f0fe','75a983faf2a7dc6de564bf35e144d060bd9fb3d11612d4d393f30c023dd93fac');
INSERT INTO batch VALUES (46,'2026-01-04','2026-11-28T11:20:34Z','root','account order',75,13,10,6,1,1,0,1,'220955e0673522ceeec566e1f8664684e26af0dd887d87ed58d03d022111d4af','8e8bf9206764808eccf95f3bb206d0c5a3bb0501d4447795e3811bfb7a9b6cc2');
INSERT INTO batch VALUES (47,'2026-01-17','2026-11-28T11:20:36Z','root','tick',77,13,10,2,0,0,0,0,'a584293767724eb30c29258e3e466d847c6abd483dbd308bb67899eca43d2a62','08ae777db3094cb207a689dce072ff2761735899e4ee9ecfa981e6c1837c3647');
INSERT INTO batch VALUES (48,'2026-01-25','2026-11-28T11:20:37Z','root','account order',82,14,11,5,1,1,0,1,'1924a67814df0d3a5e2a32536b61790268c27bc1e17fcd884f754d9e2afcfc39','212ee83150d2a2d9d53060bf534f672c6d876210aeaf180c2a8e105a3cdf8b5d');
INSERT INTO batch VALUES (49,'2026-01-25','2026-11-28T11:20:37Z','root','account order',89,15,12,7,1,1,0,3,'1de35907651b9d2e541011c2b190bbf654d77f887040e233705c7597526195d4','7e672283eaf767e12bc8799f7a75985bcf35e66c34271a04f948480cc3727eb5');
INSERT INTO batch VALUES (50,'2026-01-25','2026-11-28T11:20:38Z','root','payment export',90,15,12,1,0,0,0,0,'1ed5130934df36c483ad59da9d61c9a1cde83e4d0ffca3a5e70fbd6631e639b8','008ac2b803c5736bd1f479235fc2cbb0b00343cfa7b9942057db415e59536263');
INSERT INTO batch VALUES (51,'2026-01-25','2026-11-28T11:20:39Z','root','payment settle',92,16,12,2,1,0,0,0,'aa99a573f2e1f11124e8b76e9983ab68f8ad0e25234e31ba27db0193a050e371','16f1dce89be9e909471a32b47ee86c17ab01e859ee792846ea74232977daa07c');
INSERT INTO batch VALUES (52,'2026-01-25','2026-11-28T11:20:41Z','root','account order',97,17,13,5,1,1,0,2,'e747bdd53d1ef968d9e7e7c6af6b2c1ab3b9810cf1e243bb6239fbfe36dbd2a5','70326e6417be4d5fb12681fe669ff71006c24f6955af56911ecf81a9fc0d8193');
INSERT INTO batch VALUES (53,'2026-01-25','2026-11-28T11:20:42Z','root','platform cancel',98,17,13,1,0,0,0,0,'d8635c6f15ba41c9cddf71546723b8353f76dd383705ad9b900557022e61cf9d','ce7a4d4813f4728f92840741890a6962ccbe59ae65caa1873b86492b2d73c6b7');
INSERT INTO batch VALUES (54,'2026-01-25','2026-11-28T11:20:43Z','root','payment fail',99,17,13,1,0,0,0,0,'642326a67af2d20bb2977bc066c475ca6f3f8b07dfc3c0963ba79288c48fa60f','9d48a2639f7c8dd49eb1479d578ff806f24a3ce94d6086051eaa9c07b149b117');
INSERT INTO batch VALUES (55,'2026-01-29','2026-11-28T11:20:44Z','root','tick',101,17,13,2,0,0,0,0,'31c289ebad23cfb8ddca288a5a94600853c388e31dcaed3aa57365a614a6b4eb','630c4f68224349e46bc0c37cc05a4c0807c57f405174fd1fad56208dec5db6ee');
INSERT INTO batch VALUES (56,'2026-01-30','2026-11-28T11:20:44Z','root','tick',102,17,13,1,0,0,0,0,'e2a4e8657e7f0c267ff365426c7a255f67185c5c7f89580bfa86e5589a6f1e97','55e996273209bd954b8b02280e1c7d72ea00da1bbec0383fafafa1fc791c21f3');
INSERT INTO batch VALUES (57,'2026-02-01','2026-11-28T11:20:44Z','root','tick',118,19,15,16,2,2,0,6,'c3f4abe27fab385dbf8cad944a1f469ee8cfa3ff5547782d317d98fcd207e72e','df23193513d0a107b8acced6840caad122a09c40a48786b547f22d6018bce744');
INSERT INTO batch VALUES (58,'2026-02-02','2026-11-28T11:20:44Z','root','tick',120,19,15,2,0,0,0,0,'d78b2a9e4f3736a7e2e186995262ed207a44ef9f21444091e66434fa0fb79955','ae8f7f0303ec0a45eb12d84b6a6e122fa70e40c36cc69ceb222b1ddc29398c02');
INSERT INTO batch VALUES (59,'2026-02-04','2026-11-28T11:20:44Z','root','tick',125,20,16,5,1,1,0,1,'6eb31b0369cc97b7d13ea6ab1063fe71dfb6b9a3bb15a721cb36a7cb23aece99','5c28ad060651a43e367650a002cbc6a098e09ffa5da1e5326c6f1f930d633294');
INSERT INTO batch VALUES (60,'2026-02-05','2026-11-28T11:20:45Z','root','prepaid credit',128,21,16,3,1,0,0,0,'a48b76a4172bad9f8056924f066d127d313cc67ce75f194cd2f270634c71e836','411b1ef84d06433bc8eb4bee28eeb2989635d4a438ca6a30c6bcb2850e2696f8');
INSERT INTO batch VALUES (61,'2026-02-05','2026-11-28T11:20:49Z','root','invoice credit',129,22,17,1,1,1,2,0,'2585775dc76ae0cb0248584bdc9176ea95da517da84a4e27a3dda6bdf5a3115d','8947e12ed2b721a6d076a9210f83fa09fa46db21a7475071d6fe76e286389abb');
INSERT INTO batch VALUES (62,'2026-02-05','2026-11-28T11:20:51Z','root','offer edit',130,22,17,1,0,0,0,0,'9e44c2ada2b88a67c8be2c6b447018c73064b06611da4c14f51a40c1d571dc3c','f134dff3f1b1b8a9c19d007670e7f1ce3a8b82120fab1560287ec28171a424a9');
INSERT INTO batch VALUES (63,'2026-02-05','2026-11-28T11:20:52Z','root','offer price',131,22,17,1,0,0,0,0,'835e54ff16f22b0272dcd6dd3b62463e793ee98866ed1a4f6ba9bd9bc768a927','cdba2add336ea0168a8f2fc4c0d8e3dffa5631d131e7bd9a41b04cc99755c794');
INSERT INTO batch VALUES (64,'2026-02-05','2026-11-28T11:20:53Z','root','offer price',132,22,17,1,0,0,0,0,'79f073fba707a81bfc2d184a1f8e38ebc831e39d7269b9737ada1fc680bf6f57','33f38b2a120fd68742db09f5ce28b1be9e250823b6883e198d21188dd0d0fba6');
INSERT INTO batch VALUES (65,'2026-02-05','2026-11-28T11:20:53Z','root','offer price',133,22,17,1,0,0,0,0,'0e467fc509f1125320582aa9409178f43bf6c9bfddf1152abf14093d3196c36e','db9032c426442b0d4d624c6834640df8c800de21a418e4fd59ae97bb10f4a045');
INSERT INTO batch VALUES (66,'2026-02-05','2026-11-28T11:20:54Z','root','offer price',134,22,17,1,0,0,0,0,'a847ea19a5df6abda02c49cf8eecf2ac40dd04b4772811b8649ec1d562b0e64b','06ed8f60e52e5630cbd4528340657609a478b09faf1854d7aa53d94037f6707a');
INSERT INTO batch VALUES (67,'2026-02-05','2026-11-28T11:20:55Z','root','settings set',135,22,17,1,0,0,0,0,'84002235d3cdbcab8b7c59ae802b8b034d695002a8d6e44a69841217bcf74434','4c29935584546fc6938453502a8ffefa0d9e264c23255b865c6c2f15d318f90e');
INSERT INTO batch VALUES (68,'2026-02-05','2026-11-28T11:20:56Z','root','settings set',136,22,17,1,0,0,0,0,'370edc502a0080d572e5ac30afa3287e440cb7c6a6f8fac872670cf5381355ab','7810f6edf0ab4cadb12714b37ecd8ee47279abb04437d598f7c691b03bde9860');
INSERT INTO batch VALUES (69,'2026-02-05','2026-11-28T11:20:57Z','root','settings set',137,22,17,1,0,0,0,0,'90710a075b1310a5cee0c71a1b3b330b34048a1245aaa7bae903e6ab2a12b6dc','cb43223777efee8036bd4a4938314f8119def7ed4183eaca5e38e04a96e56dd7');
INSERT INTO batch VALUES (70,'2026-02-05','2026-11-28T11:20:58Z','root','settings set',138,22,17,1,0,0,0,0,'962a36ae905ba9490e88ee7e26ff13c6a1971dddcb203c7818fd6214b8246961','219ff2727d7865e710d5b8b020f242fab6ec796767168f1413ce71c8505e00dd');
INSERT INTO batch VALUES (71,'2026-02-05','2026-11-28T11:20:59Z','root','notice send',139,22,17,1,0,0,0,0,'962a36ae905ba9490e88ee7e26ff13c6a1971dddcb203c7818fd6214b8246961','17927d45205db2c99f605d00d2c9fb1f38c4538c1c2d42d24d275ddaaea7d6de');
INSERT INTO batch VALUES (72,'2026-02-05','2026-11-28T11:20:59Z','root','notice send',140,22,17,1,0,0,0,0,'962a36ae905ba9490e88ee7e26ff13c6a1971dddcb203c7818fd6214b8246961','d83751e5eeba35cdde744fb4b770a469c72bc3aeaf5a59eeb53afc72e5c75d8b');
INSERT INTO batch VALUES (73,'2026-02-05','2026-11-28T11:20:59Z','root','notice send',141,22,17,1,0,0,0,0,'1ac81d8c632e639af4d0f68a43c698526112bb3b9805a95bf6321929dc33ea20','66682ab335606a08b7a206b1c45cecd1c83a671dba36f8ca8e6afa233087e89a');
INSERT INTO batch VALUES (74,'2026-02-05','2026-11-28T11:20:59Z','root','notice send',142,22,17,1,0,0,0,0,'1ac81d8c632e639af4d0f68a43c698526112bb3b9805a95bf6321929dc33ea20','b20b8cb2e85160989d7b2c3d5ceaf747754bdf4283d2f16480f69c55704a5c67');
INSERT INTO batch VALUES (75,'2026-02-05','2026-11-28T11:20:59Z','root','notice send',143,22,17,1,0,0,0,0,'542c8ea19130085b5a0b7de4385fa49f4d3a9f3e2c202ad13d900cc0945d9066','c9f1b786ea9a5a5db6ca60eb2396708c06c394b4ef601fca672c1afe6a1214bc');
INSERT INTO batch VALUES (76,'2026-02-05','2026-11-28T11:20:59Z','root','notice send',144,22,17,1,0,0,0,0,'02070ce5c1dcc6360a68cfd5e9412df2256977d5e3d63615041169ee7297a001','3454adcebd9c8162df9996e6a60eb41a6e9154614fdea68d22a4eae4335f224e');
INSERT INTO batch VALUES (77,'2026-02-05','2026-11-28T11:21:00Z','root','notice send',145,22,17,1,0,0,0,0,'945a0c1f9c09d43a901c2b99921ef4d9e567a8e0192a30c16cee55ed7f24c506','f427979968597ffc64a366fb4014d2422e138af196305a3cc59bbbb09626cd03');
INSERT INTO batch VALUES (78,'2026-02-05','2026-11-28T11:21:00Z','root','notice send',146,22,17,1,0,0,0,0,'945a0c1f9c09d43a901c2b99921ef4d9e567a8e0192a30c16cee55ed7f24c506','b822283476d3ef28bb3560b948fc1fa1053669d3fb74cc6dd352faa6d84a1172');
INSERT INTO batch VALUES (79,'2026-02-05','2026-11-28T11:21:00Z','root','notice send',147,22,17,1,0,0,0,0,'d27f806bb9c9664f6394a2abf56f62da115fb6b499a6c0c31775c426273050e6','fb158a8ee48a3bb2090c8be5b299e0d268bed8643b2214ebf0dcf4c5166ce6f2');
INSERT INTO batch VALUES (80,'2026-02-05','2026-11-28T11:21:00Z','root','notice send',148,22,17,1,0,0,0,0,'ec031130b4b0700159257e2a8d753b98bd4139458af8fb6c82e3dd23e67cf666','307749bcb66dce57f683246f72b048dc9ad69e11b180de924509e34505c73d27');
INSERT INTO batch VALUES (81,'2026-02-05','2026-11-28T11:21:00Z','root','notice send',149,22,17,1,0,0,0,0,'9de79692969c49029f254d8a091bf4fccf060e55c0481f34836894c35943c676','466ed053d18a4edd2823919fee367e1bf5dbdf66d9cc856d3148b8b6f000eac5');
INSERT INTO batch VALUES (82,'2026-02-05','2026-11-28T11:21:00Z','root','notice send',150,22,17,1,0,0,0,0,'8a76fd288638d6297ffa5dd73c6611cf33e3bed7295c1eca4b2e39ff6a8a5fb1','21fc14a4dc382260e076062d5bced53f8b78f0b7b89eec236fc4036ec9f8f8c1');
INSERT INTO batch VALUES (83,'2026-02-05','2026-11-28T11:21:00Z','root','notice send',151,22,17,1,0,0,0,0,'b0371c60ad3b487f7aa3de2e84dee9edbba20b78286264f0b52d07568d979a6a','358d48bcbf98f8e18c67de5a42d8b454fa05e6299131eb62e26e5c4c83215930');
INSERT INTO batch VALUES (84,'2026-02-05','2026-11-28T11:21:00Z','root','notice send',152,22,17,1,0,0,0,0,'b0371c60ad3b487f7aa3de2e84dee9edbba20b78286264f0b52d07568d979a6a','2d9664f51b373abddd3ffea790e6afcac52e2ef65a18a4fa2356160027c69316');
INSERT INTO batch VALUES (85,'2026-02-05','2026-11-28T11:21:00Z','root','notice send',153,22,17,1,0,0,0,0,'9e894316449c0438329d0df782060ec427b5142153dcdef836724d2be9720975','44a2bfa30fe17e074e7ee3bdf6acfea26c94addabcdec6fdab227e83e506a30f');
INSERT INTO batch VALUES (86,'2026-02-05','2026-11-28T11:21:00Z','root','notice send',154,22,17,1,0,0,0,0,'20ed8cc48ef514f13822f3da0208b80e86c0774520a94178f8d5fe60e6e45172','7a3225dfdb6a5fe5bc664b2ad4bb8e97c4869ea7d20220e0c256ddef0b9b6a10');
INSERT INTO batch VALUES (87,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',155,22,17,1,0,0,0,0,'3086bdc0a831fd9d39c31c00fc9bfdeceb431744fd34bee5bfab0e25edb16992','fdc4a8a3c8bc14a82815685b666cb76a98b1bde7210f37cfc34599989534b2a2');
INSERT INTO batch VALUES (88,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',156,22,17,1,0,0,0,0,'3086bdc0a831fd9d39c31c00fc9bfdeceb431744fd34bee5bfab0e25edb16992','bcac90254806da011811049c84b4cfca02fbce1982b7efeefb0a20368f0c321e');
INSERT INTO batch VALUES (89,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',157,22,17,1,0,0,0,0,'6f04fa7904e14655517764c2bf894554aaebe0ee24a753e318cc48f9b0968f68','bea8e099728f222a0864b77d87d07790ad2a6ae118b46723743f66f76eb0ecfb');
INSERT INTO batch VALUES (90,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',158,22,17,1,0,0,0,0,'6f04fa7904e14655517764c2bf894554aaebe0ee24a753e318cc48f9b0968f68','ee8da6771515e980a445d1f4c68bacbd8cdac6f660ef6a87509b7964c5505108');
INSERT INTO batch VALUES (91,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',159,22,17,1,0,0,0,0,'8fb33cfea6c89a83b592f891fbc025adf006bec51c95805032e8f21addecbca0','5cf0b81dd39ead6e49e38a1dd7aca7ef6c649f4655439b083fbbc31b545acbf1');
INSERT INTO batch VALUES (92,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',160,22,17,1,0,0,0,0,'8fb33cfea6c89a83b592f891fbc025adf006bec51c95805032e8f21addecbca0','0625bfa46fc19ff2321f25c39f7806284719e1f7bbabf34fdd02cdb89407a285');
INSERT INTO batch VALUES (93,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',161,22,17,1,0,0,0,0,'ae29974ec4c15331ebcd5b0a3f553b7e5e943b47576611cf395745fdf5286fad','a7acf00426a497a399a684a85a8b2d203a9213d3b38265dba247fc0ec35d856c');
INSERT INTO batch VALUES (94,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',162,22,17,1,0,0,0,0,'ae29974ec4c15331ebcd5b0a3f553b7e5e943b47576611cf395745fdf5286fad','f35a9f4858275bdef33a9b692c49e5e57088dd5699c95da50a02d251901be64b');
INSERT INTO batch VALUES (95,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',163,22,17,1,0,0,0,0,'ae29974ec4c15331ebcd5b0a3f553b7e5e943b47576611cf395745fdf5286fad','86defa42bb97aa22be4649b5d44aadab230df818619565e96a2b9109393ce3fa');
INSERT INTO batch VALUES (96,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',164,22,17,1,0,0,0,0,'794caf07b3851e278b0c08f603c00f49e411f1fbcb4030126f5b177cf7b97f10','3633f54c3a42492a0c0fab820b05f898db7c1d537600f35dc1305e346c983a03');
INSERT INTO batch VALUES (97,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',165,22,17,1,0,0,0,0,'794caf07b3851e278b0c08f603c00f49e411f1fbcb4030126f5b177cf7b97f10','11eef8cefbba8de06bd5654ade0b782bcba5bf712a99db2d2cdcce5b43e52c4b');
INSERT INTO batch VALUES (98,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',166,22,17,1,0,0,0,0,'794caf07b3851e278b0c08f603c00f49e411f1fbcb4030126f5b177cf7b97f10','9cff70621fa5adae4098720a13c217dea04442d99247cad1b755400708fb36aa');
INSERT INTO batch VALUES (99,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',167,22,17,1,0,0,0,0,'e40f4a9239a66ff9ed03d4224ca7f3481af2a47e9e19221cbcd1b570f6065554','11b440386a851b3e968631942c302f452624fa6f947aab7cae16b47cd8c8cf18');
INSERT INTO batch VALUES (100,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',168,22,17,1,0,0,0,0,'3a1be4849ad07fdd8f8266d2620b793468f644a1c0bc3037b1267222d6c0b88e','0008a554fb70e66b7336678b5c1ed5b0b351c1a6ae3394d5130769b609a2808c');
INSERT INTO batch VALUES (101,'2026-02-05','2026-11-28T11:21:01Z','root','notice send',169,22,17,1,0,0,0,0,'3a1be4849ad07fdd8f8266d2620b793468f644a1c0bc3037b1267222d6c0b88e','8aba08b9f7235b89bfe7e6885281c4f014f38bc4e74aea2cedfb3b254dad18ac');
INSERT INTO batch VALUES (102,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',170,22,17,1,0,0,0,0,'1e2fd47d2c5d1b328f6e519daaf4ce040ef080cdb4250d599233f064e7373a14','ac36fc925c756962862487b0ea8d795bef7cf8c5c43ae29f478093a86269f56c');
INSERT INTO batch VALUES (103,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',171,22,17,1,0,0,0,0,'1e2fd47d2c5d1b328f6e519daaf4ce040ef080cdb4250d599233f064e7373a14','d74e390afba285a5bf6b4fa37908291d0b523635ce480376f69227d53ac78f0d');
INSERT INTO batch VALUES (104,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',172,22,17,1,0,0,0,0,'d49c76bb2dc021be83c98627a3b29f6d762c8389fe57ceeacb2f6cdafbc7d6ab','d313d7ec73311e88d8c24b98d6168d09474414d8f5359b40057b35d03ff390e8');
INSERT INTO batch VALUES (105,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',173,22,17,1,0,0,0,0,'d49c76bb2dc021be83c98627a3b29f6d762c8389fe57ceeacb2f6cdafbc7d6ab','61c7cbe0bd3b551752e939fe9bbc767b457797c5501bb23853dcec07b3a25e51');
INSERT INTO batch VALUES (106,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',174,22,17,1,0,0,0,0,'7bd742d8df7bb0343ad546ffcec3c9923104720c2c48f80a8e8425a0461629e2','195b0342639a18f06aab02cb731bb53046453433101bbbdc611fd81245477b84');
INSERT INTO batch VALUES (107,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',175,22,17,1,0,0,0,0,'7bd742d8df7bb0343ad546ffcec3c9923104720c2c48f80a8e8425a0461629e2','15d5bd3dbd87337a99bfdbbf205e8983813419c42d5807b14dcc6a6a1ab9ee2b');
INSERT INTO batch VALUES (108,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',176,22,17,1,0,0,0,0,'0984286b89611ab51becab9d3e3e4d98ea916145e394cfeb338725fd90f8aff9','a63ea9049dbc7e891850f498f08173a67cf13c1d6ec884e9b00c71efe6d3b9a3');
INSERT INTO batch VALUES (109,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',177,22,17,1,0,0,0,0,'0984286b89611ab51becab9d3e3e4d98ea916145e394cfeb338725fd90f8aff9','2b902912830334acdcd72f871bdbb35bc846f3062b474b5728e8da11d5064053');
INSERT INTO batch VALUES (110,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',178,22,17,1,0,0,0,0,'f2a89550e80546ac308e5ad18089166764cfce09fa820e54d72e2a806c309cdd','74a21e43842064041c5988196fc881c788d7999be2b36c80bb8154afd14241ba');
INSERT INTO batch VALUES (111,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',179,22,17,1,0,0,0,0,'f2a89550e80546ac308e5ad18089166764cfce09fa820e54d72e2a806c309cdd','eef61e5b559c2d2f98ca6e34f5c5b40ad7b390718258502d77beca4c83777868');
INSERT INTO batch VALUES (112,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',180,22,17,1,0,0,0,0,'245ce0fc24aae722d46e5d8967d0be82d0b35c42a5c91a1c37d17f3c451a44f7','fedec46e46e76a5275f28e0479cbb73c47b5165d64f57c58b2b95aefd2bd1957');
INSERT INTO batch VALUES (113,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',181,22,17,1,0,0,0,0,'245ce0fc24aae722d46e5d8967d0be82d0b35c42a5c91a1c37d17f3c451a44f7','1addd79babe0d5fae145b12b840191d634348e08286cecb2db3ef80de7b0bffe');
INSERT INTO batch VALUES (114,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',182,22,17,1,0,0,0,0,'245ce0fc24aae722d46e5d8967d0be82d0b35c42a5c91a1c37d17f3c451a44f7','e2ea6bc2456cdcee7483b42d9bcf1b1e117c175f7ed4d5de244a3c39720096b6');
INSERT INTO batch VALUES (115,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',183,22,17,1,0,0,0,0,'245ce0fc24aae722d46e5d8967d0be82d0b35c42a5c91a1c37d17f3c451a44f7','621df74a4fde15810697dcb62cb02f49a926e2c23eb8406676c529362f33f186');
INSERT INTO batch VALUES (116,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',184,22,17,1,0,0,0,0,'245ce0fc24aae722d46e5d8967d0be82d0b35c42a5c91a1c37d17f3c451a44f7','44423b8528d68c54c12f512d356998ab8e02b2279d907914d3b662711632749d');
INSERT INTO batch VALUES (117,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',185,22,17,1,0,0,0,0,'40262c5ad21cfa6e27223bb028f72ab4d8f64e09805b5ac1355cef9a94c7d38e','244167d63460519d58baae44dc3c70e5f40b2cc21745160a7077addd0ac69aa4');
INSERT INTO batch VALUES (118,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',186,22,17,1,0,0,0,0,'40262c5ad21cfa6e27223bb028f72ab4d8f64e09805b5ac1355cef9a94c7d38e','be72da1cc069fe41034d0eca7ac9e2227cb160c117d5384f3dc80dcb89a3e071');
INSERT INTO batch VALUES (119,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',187,22,17,1,0,0,0,0,'af235496544e1ca06ddc8d5890aba196a789dd1da75e23d59629bf2a799623fd','e6580b30acc914825f80cbf6ec3f7e55a094af9db5a3fe3599a1790ef81c9bc0');
INSERT INTO batch VALUES (120,'2026-02-05','2026-11-28T11:21:02Z','root','notice send',188,22,17,1,0,0,0,0,'af235496544e1ca06ddc8d5890aba196a789dd1da75e23d59629bf2a799623fd','2570826d6b6203f99ec8389f864c61750df3aaaab25616beaec9dd6fec9b9a30');
INSERT INTO batch VALUES (121,'2026-02-05','2026-11-28T11:21:03Z','root','notice send',189,22,17,1,0,0,0,0,'19b01213c1526c1728787564883345d69132fcd79b59461a0948a799b60de03c','d3617de9652d5ecc7d9c65fcad9dbf97febc103708195f40dad6cd639f64ab5b');
INSERT INTO batch VALUES (122,'2026-02-05','2026-11-28T11:21:03Z','root','notice send',190,22,17,1,0,0,0,0,'19b01213c1526c1728787564883345d69132fcd79b59461a0948a799b60de03c','317f6989757204f95a9179e486e879b08c7eabd26661aee78adca7592d968d6d');
INSERT INTO batch VALUES (123,'2026-02-05','2026-11-28T11:21:03Z','root','notice send',191,22,17,1,0,0,0,0,'e446faf9f6b6e991ac8e693f59f8f1f06a7c216d4e48ea5743d1e927226e69f0','65cbd2d44afffe9dd69f604ba627548d9c38a1b9ecd9bb0a83ec4c73dfca2655');
INSERT INTO batch VALUES (124,'2026-02-05','2026-11-28T11:21:03Z','root','notice send',192,22,17,1,0,0,0,0,'e446faf9f6b6e991ac8e693f59f8f1f06a7c216d4e48ea5743d1e927226e69f0','6e5ee966267f4feff4d4429afdda8e8927b02f3d4ec9ed6cc6bdd73542e59a6f');
INSERT INTO batch VALUES (125,'2026-02-05','2026-11-28T11:21:03Z','root','notice send',193,22,17,1,0,0,0,0,'4ee8a0e120a5efb00401f6e420a19d0c1466c9dda08ba3bb1e7eeb5ed87497d2','3b23278e6d0fdac1358ba915fa5bda39170aea55b617cf385d5af444eb6f0724');
INSERT INTO batch VALUES (126,'2026-02-05','2026-11-28T11:21:03Z','root','notice send',194,22,17,1,0,0,0,0,'4ee8a0e120a5efb00401f6e420a19d0c1466c9dda08ba3bb1e7eeb5ed87497d2','e25540456877133463c57d545ea8a6aaea0c32969856e65b703c3f0444df16c9');
INSERT INTO batch VALUES (127,'2026-02-05','2026-11-28T11:21:03Z','root','notice send',195,22,17,1,0,0,0,0,'1685cf1f6ada62d42f7ea52bb8fadcb06a32d60c066c06658b19fa95a116ffaf','df3625a4a8959bab623d304fe769ead12d5b78a94fff063ea7ea045d9c92e5e9');
INSERT INTO batch VALUES (128,'2026-02-05','2026-11-28T11:21:03Z','root','notice send',196,22,17,1,0,0,0,0,'1685cf1f6ada62d42f7ea52bb8fadcb06a32d60c066c06658b19fa95a116ffaf','dead288a24a37b8f52b2245228752dcd547d96c5854e8e98993a757f1946092e');
INSERT INTO batch VALUES (129,'2026-02-05','2026-11-28T11:21:03Z','root','notice send',197,22,17,1,0,0,0,0,'de9583f4bb5f292c37fc283887e4f4d1d14fc8e3cbe42e8f86f0f34c90b915d8','3a14680652e95134a798efe5f06f626811fad6dbd4dee1fd101701b32ebb5d6f');
INSERT INTO batch VALUES (130,'2026-02-05','2026-11-28T11:21:03Z','root','notice send',198,22,17,1,0,0,0,0,'de9583f4bb5f292c37fc283887e4f4d1d14fc8e3cbe42e8f86f0f34c90b915d8','3f36d3a5fb53c67773a717d17fea1858f4d13eff5047a0d9ec25bff223454908');
INSERT INTO batch VALUES (131,'2026-02-05','2026-11-28T11:21:03Z','root','notice send',199,22,17,1,0,0,0,0,'48dfac98b662bd7d1831d676388e593e9d129af31bc630bf1ce7ce72cd63b7f8','fb576172d5667e5fd294ebfafd84fe5d66073676ad15b649924cbe0d5b9d4f2d');
INSERT INTO batch VALUES (132,'2026-02-05','2026-11-28T11:21:04Z','root','task done',200,22,17,1,0,0,0,0,'1b642a35ad4925bd271a91c7e5f60877e2e0286a30357e25c3c06a38b8f73d59','6efcef599609349d2bd0d680cf1415afde92deb1cd48cf5e249057e339ac3815');
INSERT INTO batch VALUES (133,'2026-02-05','2026-11-28T11:21:04Z','root','task fail',201,22,17,1,0,0,0,0,'34a129868850618f7c64fb7242ef8307dd88a3aee28511a2ebd3dc581f903093','e27e60454875133311607b26b494f9ebb8705699eef321f25c4a4d59e8a3c53d');
INSERT INTO batch VALUES (134,'2026-02-05','2026-11-28T11:21:05Z','root','tax set',202,22,17,1,0,0,0,0,'b5371f4921d00f7cb2e3a646426d2901e1697e432bc2c1db5bc3380730975fa3','684024f872a7dfe1234f7df404b1100b38626c4549adedda303be5f896cbb4ce');
INSERT INTO batch VALUES (135,'2026-02-05','2026-11-28T11:21:08Z','root','customer edit',203,22,17,1,0,0,0,0,'ffb87d5d7a5ce0ad7b4088be9fde3d895cadf59af509c89480ebf8dc0c51c9b6','c6be994db2972c17d5eb3185edae6b8bf2a9367e561fbdddc7a8a2055db035a9');
INSERT INTO batch VALUES (136,'2026-02-08','2026-11-28T11:21:09Z','root','tick',205,22,17,2,0,0,0,0,'6bf20669a325874d2cc2f30d247f958dc677e5427af2297033c500fb6b20ef33','2f44a74a59ebf61dc0a12033e160d8063f89f580e952182f66c0e174b9151877');
INSERT INTO batch VALUES (137,'2026-02-09','2026-11-28T11:21:09Z','root','tick',206,22,17,1,0,0,0,0,'2e52c796cc0cf10dfebae123854db85cc16e11fddfb7aab6dc60c5e5307d3563','94b64ea8724a715cf7d19bbd89b9933d633bfb1ee0d4163574e0e7390ab95cc2');
INSERT INTO batch VALUES (138,'2026-02-13','2026-11-28T11:21:09Z','root','tick',208,22,17,2,0,0,0,0,'063aa27b76c246e062a45b1bea5a816db7d74632c66a985cb1b4b2b402784089','d57a11b394c9a89115444c9e20f386f53a2cfe2446539ca15cc5423c43606f84');
INSERT INTO batch VALUES (139,'2026-02-14','2026-11-28T11:21:09Z','root','tick',209,22,17,1,0,0,0,0,'84655c8f2c85e19cc43f9b368b277ed62388456c65289df0ed9ef315c9a034ee','86dd46ac3565701de04f47547e64b5ef83c5e6367da70c172e973f71d1817a0b');
INSERT INTO batch VALUES (140,'2026-02-15','2026-11-28T11:21:09Z','root','tick',216,22,17,7,0,0,0,0,'6f280aa11ec942d323800b98e38b00de26c739108039c6aa1d306cdac1150414','cce35df0a3ada4dfef3ba2ef1edad8ebcb01693358ca64fcea753167ec7f608a');
INSERT INTO batch VALUES (141,'2026-02-16','2026-11-28T11:21:09Z','root','tick',218,22,17,2,0,0,0,0,'fc9a33e1fb92d1fce7a0c7582985c9e16852c8fc2d47cb55faf770921efc0059','dc61dcbb892acab535cf38b5b7a6f2f38dd94e91a691f594be786d0bc16f5585');
INSERT INTO batch VALUES (142,'2026-03-01','2026-11-28T11:21:09Z','root','tick',229,24,19,11,2,2,0,6,'c6a27eef0f323ea21d73bc60bd8a01873f9e52517fb1cddaa1d32ef6fbb48c79','e58e6a2b5306d79a1d9ba360c6a55a84e18652ec47995efcaeaf8126e9b68fcf');
INSERT INTO batch VALUES (143,'2026-03-04','2026-11-28T11:21:09Z','root','tick',232,25,20,3,1,1,0,1,'84d983add47fe096d9cc04b05f637f9c6960c00fa892fee92c622dccc425497b','c92fc8de8890d3f3922a07123b8e1eecec2ac7505f6c91a74a280b24ebc9c360');
INSERT INTO batch VALUES (144,'2026-03-20','2026-11-28T11:21:11Z','root','payment export',233,25,20,1,0,0,0,0,'46a4e1e1b36ace4cfa1934be64c02c201be37674d5c114db6435dfab32d758ad','360014db9f55b7e18e95be72f7405c8fa278eb69573b284746e2dcc0d7237d75');
INSERT INTO batch VALUES (145,'2026-03-20','2026-11-28T11:21:12Z','root','notice send',234,25,20,1,0,0,0,0,'46a4e1e1b36ace4cfa1934be64c02c201be37674d5c114db6435dfab32d758ad','34f304cf24c0b313e3da26c9ffc8923c995256fc5c046818622b3361faf2f087');
INSERT INTO batch VALUES (146,'2026-03-20','2026-11-28T11:21:12Z','root','notice send',235,25,20,1,0,0,0,0,'46a4e1e1b36ace4cfa1934be64c02c201be37674d5c114db6435dfab32d758ad','58ba0f01118b1945ae8f4638fc522fa834230e3941f42b43f4cc18f92f432ca6');
INSERT INTO batch VALUES (147,'2026-03-20','2026-11-28T11:21:13Z','root','notice send',236,25,20,1,0,0,0,0,'46a4e1e1b36ace4cfa1934be64c02c201be37674d5c114db6435dfab32d758ad','0daca1ebc2179e73696d0bcc1eb4b55b65f4d1b7d8aa1b3000b45b16b85a5257');
INSERT INTO batch VALUES (148,'2026-03-20','2026-11-28T11:21:13Z','root','notice send',237,25,20,1,0,0,0,0,'46a4e1e1b36ace4cfa1934be64c02c201be37674d5c114db6435dfab32d758ad','76f960ff648d082260c22160e019da0f5598a6e09408d4186f19911033572ea8');
INSERT INTO batch VALUES (149,'2026-03-20','2026-11-28T11:21:13Z','root','notice send',238,25,20,1,0,0,0,0,'46a4e1e1b36ace4cfa1934be64c02c201be37674d5c114db6435dfab32d758ad','4b478baed7b501ef552c9bec255e2f4bf9ee9c9c27d29e34b72babbb2f24ecb0');
INSERT INTO batch VALUES (150,'2026-03-20','2026-11-28T11:21:13Z','root','notice send',239,25,20,1,0,0,0,0,'46a4e1e1b36ace4cfa1934be64c02c201be37674d5c114db6435dfab32d758ad','0e80c37424fab7d87c0b51c19e4d529238df5bece48f61b0649272f51cef06f5');
INSERT INTO batch VALUES (151,'2026-03-20','2026-11-28T11:21:13Z','root','notice send',240,25,20,1,0,0,0,0,'46a4e1e1b36ace4cfa1934be64c02c201be37674d5c114db6435dfab32d758ad','1144d41bc81e166d2e9b9883227925a40ccbc4c544f88e87a5d52f47787f87e7');
INSERT INTO batch VALUES (152,'2026-03-20','2026-11-28T11:21:13Z','root','notice send',241,25,20,1,0,0,0,0,'f007dcefef566946fc5ab63d0fef9d53c0c20b05fc4ff4bacc217885dab12017','ac3c33436a69c3268807cd60990cf53f4cca3fe773a4c59dc392fde154248bd4');
INSERT INTO batch VALUES (153,'2026-03-20','2026-11-28T11:21:13Z','root','notice send',242,25,20,1,0,0,0,0,'f007dcefef566946fc5ab63d0fef9d53c0c20b05fc4ff4bacc217885dab12017','933a44f8f375a745d8eae83d185f4b062908cb42937918c20dbbe25832402036');
INSERT INTO batch VALUES (154,'2026-03-20','2026-11-28T11:21:13Z','root','notice send',243,25,20,1,0,0,0,0,'28cdc1eb28a374578b9d382382f0e2f04bc239b76ced2449c0038a698e5ae780','7eb14cba1478cd3228400c3f3469b9d70fbe7dce3a02cbf6a802b06ffe7b634b');
INSERT INTO batch VALUES (155,'2026-03-20','2026-11-28T11:21:13Z','root','notice send',244,25,20,1,0,0,0,0,'28cdc1eb28a374578b9d382382f0e2f04bc239b76ced2449c0038a698e5ae780','5b540d732d07d407c641ea74ad4d17c1789ed8466b7cc5db0b2cb903c9019007');
INSERT INTO batch VALUES (156,'2026-03-20','2026-11-28T11:21:13Z','root','notice send',245,25,20,1,0,0,0,0,'0d9e20a0c14cae5a8ee49cb20cdf65e1e5ae07bc4ac050ef0b733288c2bb8a76','11b342c6274a94802bc36ed68aaa067ed11c3e8c7dfd3367e58c62aa88aeedb5');
INSERT INTO batch VALUES (157,'2026-03-20','2026-11-28T11:21:13Z','root','notice send',246,25,20,1,0,0,0,0,'0d9e20a0c14cae5a8ee49cb20cdf65e1e5ae07bc4ac050ef0b733288c2bb8a76','5226cb6cefdbc4f741af2295d424a9ba434f8330d6cb3cd8e8c0f335d8829190');
INSERT INTO batch VALUES (158,'2026-03-20','2026-11-28T11:21:13Z','root','notice send',247,25,20,1,0,0,0,0,'5c2e014635fef25e19a0bb5e2e0bc810ec5bed20686ad7b513e82432f063c603','b6551891e25f542e12c82a4bd2c93410c1308f00b79a4422da846b32b913bf87');
INSERT INTO batch VALUES (159,'2026-03-20','2026-11-28T11:21:14Z','root','notice send',248,25,20,1,0,0,0,0,'5c2e014635fef25e19a0bb5e2e0bc810ec5bed20686ad7b513e82432f063c603','40cbe1da2c4f2e33a5dd03cc3219d80fe64b4060e62b6bddef9a6c9425fcd850');
INSERT INTO batch VALUES (160,'2026-03-20','2026-11-28T11:21:14Z','root','notice send',249,25,20,1,0,0,0,0,'a829dbeb3175bac0ebb125390594baa78fb12bc66090f6bb419246845c3dede8','f606ba0214ad76d4b5b0219fe273b612e57701580dabc6b1b34b425380f52401');
INSERT INTO batch VALUES (161,'2026-03-20','2026-11-28T11:21:14Z','root','notice send',250,25,20,1,0,0,0,0,'a829dbeb3175bac0ebb125390594baa78fb12bc66090f6bb419246845c3dede8','62986aed7a99dc7cca185f3773d163606b6bf555ea5a400cebd919ca3152d126');
INSERT INTO batch VALUES (162,'2026-03-20','2026-11-28T11:21:14Z','root','notice send',251,25,20,1,0,0,0,0,'6bba800ce18794c1eba7425bf38fc931c8c91af948d5bb95542bdb9000f898ba','eb3d5f058fcae3b91f14af99c290ad5bd630d850bfac389c7550687470a0c6e6');
INSERT INTO batch VALUES (163,'2026-03-23','2026-11-28T11:21:15Z','root','tick',252,25,20,1,0,0,0,0,'b6ad7b1eec8ac266e74636df7f927633a9c7bc0299b0482ce13fcd568f8c8a19','e13ca88918c01668f08656f566538972de2c1ce4c81ba627a2f58969ae06cf8e');
INSERT INTO batch VALUES (164,'2026-04-01','2026-11-28T11:21:15Z','root','tick',263,27,22,11,2,2,0,6,'b4e2fba2a8cb8fa873ea284602129fdb462ecde62acad42286e41590b23bdbca','08f52bf94ab2d236f446c92f9d143b86d3242fc5f7a1919ee7ad97bd72343152');
INSERT INTO batch VALUES (165,'2026-04-04','2026-11-28T11:21:15Z','root','tick',268,28,23,5,1,1,0,1,'ec037ec5d121b335ff4ae00cb4824a34662bcc42e44849bd4047615e15fbb114','d356a54e1e3cb5559ae3f8b518028f7fb46163f3cb6c4e4d341c4b36b0c31025');
INSERT INTO batch VALUES (166,'2026-04-17','2026-11-28T11:21:15Z','root','tick',269,28,23,1,0,0,0,0,'9ee5d5936871b8988de5c192d660f8de7d243c599359ac03d0a23a1930731029','1bf09a5ecd4d31e290ce3a5fec733d4f4b9da37ffefcaea26c1d028ff9037c72');
INSERT INTO batch VALUES (167,'2026-04-20','2026-11-28T11:21:16Z','root','notice send',270,28,23,1,0,0,0,0,'9ee5d5936871b8988de5c192d660f8de7d243c599359ac03d0a23a1930731029','912424c1594ee45deb9c9462161aa786bd9a0a7a4bdacf177e553c5e85839f02');
INSERT INTO batch VALUES (168,'2026-04-20','2026-11-28T11:21:16Z','root','notice send',271,28,23,1,0,0,0,0,'2a3355d73ed94be8dd4aef1031e75c1aa47800c5a0f69a416b11058ad6b61dcb','972d5fff2c763b71e34845cbb0590f37fdaa132a855b200ebc2395ae6ab85c8d');
INSERT INTO batch VALUES (169,'2026-04-20','2026-11-28T11:21:16Z','root','notice send',272,28,23,1,0,0,0,0,'2a3355d73ed94be8dd4aef1031e75c1aa47800c5a0f69a416b11058ad6b61dcb','4c4d6409a732a5e65c9d5c157d66a14fdfa7fc12c03a8a61fefed1c667e0dae7');
INSERT INTO batch VALUES (170,'2026-04-20','2026-11-28T11:21:16Z','root','notice send',273,28,23,1,0,0,0,0,'acd49e7dc5ffa616901e6ea47eaf39c86531f3b3686c009dd107c96db0c7cad2','7ca2456731654e0e154a8a5788e98b862be03ac1d65a8034d4ce0b51fa140786');
INSERT INTO batch VALUES (171,'2026-04-20','2026-11-28T11:21:16Z','root','notice send',274,28,23,1,0,0,0,0,'acd49e7dc5ffa616901e6ea47eaf39c86531f3b3686c009dd107c96db0c7cad2','5f4f94161a71dec8b5f28ec8aef46d8bfc27eeba99ee2c9f60292f0b291ca162');
INSERT INTO batch VALUES (172,'2026-04-20','2026-11-28T11:21:17Z','root','notice send',275,28,23,1,0,0,0,0,'fcce9549c564f8ba8f6c6f63db878361e7b235fc4cee3c226fe95c2b85e5c3b4','777a4bbcaea3c13b8c01ee0b5a804fbcaf3287993c5cdb099db427d4bea1b274');
INSERT INTO batch VALUES (173,'2026-04-20','2026-11-28T11:21:17Z','root','notice send',276,28,23,1,0,0,0,0,'fcce9549c564f8ba8f6c6f63db878361e7b235fc4cee3c226fe95c2b85e5c3b4','24c2faf4d66e61cd2fcddf0f9577fbcbf2fc1526a7a4919631cc69ef906be1e8');
INSERT INTO batch VALUES (174,'2026-04-20','2026-11-28T11:21:17Z','root','notice send',277,28,23,1,0,0,0,0,'dee0e6100ab953b5087df7283a5c45177cdc8cb29df22285a7d84cd5cb51f6c4','d4198db226c3127c8047ef709fc77641e10ccbb7fd69579faef3b6a0c0763ef0');
INSERT INTO batch VALUES (175,'2026-04-20','2026-11-28T11:21:17Z','root','notice send',278,28,23,1,0,0,0,0,'dee0e6100ab953b5087df7283a5c45177cdc8cb29df22285a7d84cd5cb51f6c4','1398de16729f8cbf3b4f61fa0fabe000f0e81c5a3a1c685a1552334b66fa9d90');
INSERT INTO batch VALUES (176,'2026-04-20','2026-11-28T11:21:17Z','root','notice send',279,28,23,1,0,0,0,0,'33ae5f60fb4aa3bb300d9ba28e4476933c2d831cf446e60cfec4363191d9070e','0aeace7bfe297f42ff8525049cdce79c3a20ae1dfe8e233245bf98fe916cc540');
INSERT INTO batch VALUES (177,'2026-04-20','2026-11-28T11:21:17Z','root','offer price',281,28,23,2,0,0,0,0,'ec198dfed0193f486027f50b1e2005a6b560033556a1621c5fc8b6a767392d40','b7034ec3e13da0d8891def7d98783e585c5d2248e6d66131f03f82eb072cdf2f');
INSERT INTO batch VALUES (178,'2026-04-25','2026-11-28T11:21:21Z','root','prepaid refund',282,29,23,1,1,0,0,0,'ec198dfed0193f486027f50b1e2005a6b560033556a1621c5fc8b6a767392d40','afb93b149907fe23cfd95d1c19e70ea15f92e533b997b6608439b2e9224f1752');
INSERT INTO batch VALUES (179,'2026-04-25','2026-11-28T11:21:23Z','root','customer close',283,29,23,1,0,0,0,0,'892d997abeb1e6e9deba02fd4ab45dab29f322976ec0b91b8382dc1c3f0d11a5','68174ca55265e86f37ab659e87e6679c8917a61bae1cc975dd7905c5de54ae21');
INSERT INTO batch VALUES (180,'2026-04-25','2026-11-28T11:21:24Z','root','task done',284,29,23,1,0,0,0,0,'f9bf3f1ee13a6d329966884c36ca9ec24edeeb68f50e2a9f1ac66bc673a9c4d1','4666134b6c8d1fb423890417420b5f3e9280c4611556c6dbba12e9b0a9bd9d47');
INSERT INTO batch VALUES (181,'2026-04-25','2026-11-28T11:21:25Z','root','task done',285,29,23,1,0,0,0,0,'4222d06f8ade03cefb2f618754cba9c66023e07faec4eea94a0c8b96297966c0','a7994508705e76b6e362e8f902f26ca633a98fe9a5701e1145cfe8c0c6071e9a');
INSERT INTO batch VALUES (182,'2026-04-25','2026-11-28T11:21:25Z','root','task done',286,29,23,1,0,0,0,0,'ab314322dfd33bf2a7cc802460c4e9cb1c8a5af54b3030648f4c36fe98a54538','9839bfbb18e86bd40c8c66f11cbc4577c9aa219014fec1ab1b6b1a2bfae6e4e2');
INSERT INTO batch VALUES (183,'2026-04-25','2026-11-28T11:21:27Z','root','prepaid credit',287,30,23,1,1,0,0,0,'14c9ed7aa8c321c29237ffc74d10c3eaac89a675cff85e0f84219e22bb5de20a','39320723bc9c8663433a2703aed64105c9e0fb85c5dbf52513095b5b1894de38');
INSERT INTO batch VALUES (184,'2026-04-25','2026-11-28T11:21:27Z','root','customer erase',288,30,23,1,0,0,0,0,'6a5277806d9fdcd6895eaf07c807b77f271f68a5d552965d2e70979797a3832b','6fabdb806a8d7f08d7bf571dcb87e290c2e3053e60b480fb94fc82983a9af292');
INSERT INTO batch VALUES (185,'2026-04-25','2026-11-28T11:21:28Z','root','account order',292,31,24,4,1,1,0,1,'0ce88ed6c4a1a076d1d9cdc5446c63f7ea40e00d2237eccf0fe30949a6f5731a','1adcb7c9e8f065f52b466932c2823e35102a9eb8be00abaa3fee0e5d4e276c20');
INSERT INTO batch VALUES (186,'2026-04-25','2026-11-28T11:21:29Z','root','account order',295,32,25,3,1,1,0,1,'6c3fecae02122b1875b176ff1f9a5812d6164a590278810496341774f2b13e71','c8be0848694739d2c7ce69dc8df962590e2d0e10b6b016502698f03dac1a11fd');
INSERT INTO batch VALUES (187,'2026-04-25','2026-11-28T11:21:30Z','root','offer price',296,32,25,1,0,0,0,0,'0f3d0bc4d21295755addf7a89a9cb9cf17258a0d90dfe21edce205c070afe060','9188386039ec2642e01092dbebb4e5c6de8f57a09b625cfa44b8df29dabf8895');
INSERT INTO batch VALUES (188,'2026-04-25','2026-11-28T11:21:31Z','root','offer price',297,32,25,1,0,0,0,0,'d89df745685a3d9a769aa69b2c924df9cd1b8cd01be96a6d8db576805352fd01','b868f064d27d464dd8aeff3c4ce3d0cd78caa939dac969707e9a1d71223fffd2');
INSERT INTO batch VALUES (189,'2026-04-25','2026-11-28T11:21:31Z','root','payment export',298,32,25,1,0,0,0,0,'836faa35aec0b351c6db937f78803fff0960aa9c39896d976b68e3d5ec84632d','1a4b6825af2545b60d52c4dd6ef7c4f90523d89c0a79011cadc2f91ebd2f386c');
INSERT INTO seal VALUES ('account','23d0da6bca236a645e3dc6098641760614e47eaa13d6fbc230f9b4ccaccaf49e');
INSERT INTO seal VALUES ('clock','86d3b456f84e1f10519812e2f440998495669fc0a1c68dbcc4732c49848903c6');
INSERT INTO seal VALUES ('command_key','110d857b588f15500d2eb8c5b4e7d55a368d794eff6fa431239c7cb20714d2e5');
INSERT INTO seal VALUES ('customer','5b43bd0f479350053870442b221c7ac59afec28a02d0f1c543c86134199bfeab');
INSERT INTO seal VALUES ('customer_price','7516fc06bf21d9a2043df91e17920f339ba06523e71f31bd244905a36fc66f9c');
INSERT INTO seal VALUES ('domain','51f8ad62e64bf0b0a0486ca1c812583d455f10647b9093bf55784058c1bd37b3');
INSERT INTO seal VALUES ('invoice_open','ccc0a27de3400d4f32ad9272b94d547bccb48b55a2f8cb60381f71185e95d90d');
INSERT INTO seal VALUES ('journal_personal','143c1ccc636c4d9f93a7a72ee469b8fae83819bccceaf908c1bedf237dcdefe6');
INSERT INTO seal VALUES ('kept_price','cb6b78d16aeb2affc47d02e65b8e5a0c72c39f07ca2f875dc51394b16a0f42b6');
INSERT INTO seal VALUES ('method','7a130b8e020a3efbbf7fb6d4797f523816417423f585076314eb07d7e3a14cbf');
INSERT INTO seal VALUES ('notice','ba567510fcf506a4f2645611575bd341740fc5acfa262401aa02ce4e29d66dec');
INSERT INTO seal VALUES ('notice.delivery','8163b2cbd0b7d0db267ce9c78cad5605f293922b69b73674456e3ff3cc64c830');
INSERT INTO seal VALUES ('notice_account','62d445431dc0b66d18aec838ccb6dc9015cdede91217f6a6eb1a38c8259068ef');
INSERT INTO seal VALUES ('notice_text','23673f81652c0d9e6b6f1d7f4c5a5db1f09f4437ada8f821b196fdcd8509355d');
INSERT INTO seal VALUES ('offer','81928d6877d1811450d75ccceeb9216ef73b441d66e4d8c0864da28dca8c3f05');
INSERT INTO seal VALUES ('order_line','0e8d467870a900b99aebd6eadbbe6f78f7ccfc2660824e3526a011fe2a25e1f5');
INSERT INTO seal VALUES ('past_offer_label','4c82ac64d844817739ce09c6ed1976dd856b62898d86b363aada540fb0d15677');
INSERT INTO seal VALUES ('payment','cc2677faab6d6b6894ebca840a5e03a9a59392f670896710fe609dd1d66712bf');
INSERT INTO seal VALUES ('payment_export','5447afd55a55179d6d270f4329de183143e898b18b4a09daad0fc6670f04c9c0');
INSERT INTO seal VALUES ('payment_export_entry','5f915c2b69dd6825ffedb27cb872457aadf935e10778be2a2703776c510121c6');
INSERT INTO seal VALUES ('platform','70c9136a4595107e02009d216485d38d399a6fa0d1770f7782bd47184e5bb0ef');
INSERT INTO seal VALUES ('platform_deletion','b0f7870e178e393724a298b9d25072320d62963bd93a25ad79bddf0c80db9835');
INSERT INTO seal VALUES ('price','6b14f40e4f5be39a10051b51e349f4c6235767b32ee1e25f85e4f87454e14be8');
INSERT INTO seal VALUES ('purchase_order','b6fba27ff5abf3216613804632f6ee7c95d8b838b8a7f66a5e6ca386fd723443');
INSERT INTO seal VALUES ('setting','7635dcba4d3bcc2e2e38ef052359d620d406747b01955fd8c444775216fb9860');
INSERT INTO seal VALUES ('store','a4bd5b038a427634b85d27dcf2522ec38e9e77bb4025e031e0e3217386366ddf');
INSERT INTO seal VALUES ('task','9869555c4fb716e94deb090b461703a951c21a7c63cfd98cc2ac2fd5f1b64b9a');
INSERT INTO seal VALUES ('tax_rate','5dd6c6640dc16d6d5f5f822017e603e00e2af5b3220416a67d2ad72ee9b42c5d');
INSERT INTO seal_key VALUES (1,'42ec96a95dd562b2b318b6db6a880923e8ed7b5f5989c4f7d106457b8308656e');
INSERT INTO command_key VALUES ('account order',1,'first','d13759e645446459b4ece3e2d4c9fc6a25dc3e53a7d4dee06bf9dd37d1b90b6b',4);
INSERT INTO command_key VALUES ('prepaid credit',1,'first','9268f0fe3a8440111da9c9e37316364d36346c03407e26444d07486ee0a74f6e',1);
INSERT INTO word VALUES ('account','boss',3);
INSERT INTO word VALUES ('account','order',20);
INSERT INTO word VALUES ('customer','1',1);
INSERT INTO word VALUES ('customer','1',4);
INSERT INTO word VALUES ('customer','123456789',1);
INSERT INTO word VALUES ('customer','136695976',2);
INSERT INTO word VALUES ('customer','1ruedeleglise',1);
INSERT INTO word VALUES ('customer','1ruedeleglise75001paris',1);
INSERT INTO word VALUES ('customer','23456789',1);
INSERT INTO word VALUES ('customer','3123456789',1);
INSERT INTO word VALUES ('customer','33123456789',1);
INSERT INTO word VALUES ('customer','7',4);
INSERT INTO word VALUES ('customer','75001',1);
INSERT INTO word VALUES ('customer','acme',1);
INSERT INTO word VALUES ('customer','acmesarl',1);
INSERT INTO word VALUES ('customer','bolt',2);
INSERT INTO word VALUES ('customer','boltgmbhsudx',2);
INSERT INTO word VALUES ('customer','boltgmbhsuedx',2);
INSERT INTO word VALUES ('customer','customer',3);
INSERT INTO word VALUES ('customer','de',1);
INSERT INTO word VALUES ('customer','de136695976',2);
INSERT INTO word VALUES ('customer','drop',3);
INSERT INTO word VALUES ('customer','eglise',1);
INSERT INTO word VALUES ('customer','example',1);
INSERT INTO word VALUES ('customer','example',2);
INSERT INTO word VALUES ('customer','example',3);
INSERT INTO word VALUES ('customer','example',4);
INSERT INTO word VALUES ('customer','gmbh',2);
INSERT INTO word VALUES ('customer','gone',5);
INSERT INTO word VALUES ('customer','it',1);
INSERT INTO word VALUES ('customer','it',2);
INSERT INTO word VALUES ('customer','it',3);
INSERT INTO word VALUES ('customer','it',4);
INSERT INTO word VALUES ('customer','itacmeexample',1);
INSERT INTO word VALUES ('customer','itboltexample',2);
INSERT INTO word VALUES ('customer','itlateexample',3);
INSERT INTO word VALUES ('customer','itslowexample',4);
INSERT INTO word VALUES ('customer','l',1);
INSERT INTO word VALUES ('customer','late',3);
INSERT INTO word VALUES ('customer','latesonsdroptablecustomer',3);
INSERT INTO word VALUES ('customer','paris',1);
INSERT INTO word VALUES ('customer','rue',1);
INSERT INTO word VALUES ('customer','sarl',1);
INSERT INTO word VALUES ('customer','slow',4);
INSERT INTO word VALUES ('customer','sons',3);
INSERT INTO word VALUES ('customer','sud',2);
INSERT INTO word VALUES ('customer','sued',2);
INSERT INTO word VALUES ('customer','table',3);
INSERT INTO word VALUES ('customer','x',2);
INSERT INTO word VALUES ('customer','محمد',4);
INSERT INTO word VALUES ('customer','محمد山田7711',4);
INSERT INTO word VALUES ('customer','山田',4);
INSERT INTO word VALUES ('domain','acme',1);
INSERT INTO word VALUES ('domain','acmeexample',1);
INSERT INTO word VALUES ('domain','bolt',2);
INSERT INTO word VALUES ('domain','boltexample',2);
INSERT INTO word VALUES ('domain','example',1);
INSERT INTO word VALUES ('domain','example',2);
INSERT INTO word VALUES ('domain','example',4);
INSERT INTO word VALUES ('domain','example',5);
INSERT INTO word VALUES ('domain','late',5);
INSERT INTO word VALUES ('domain','lateexample',5);
INSERT INTO word VALUES ('domain','slow',4);
INSERT INTO word VALUES ('domain','slowexample',4);
INSERT INTO word VALUES ('ledger','q',30);
INSERT INTO word VALUES ('ledger','u',30);
INSERT INTO word VALUES ('ledger','ue',30);
INSERT INTO word VALUES ('ledger','ueq',30);
INSERT INTO word VALUES ('ledger','uq',30);
INSERT INTO word VALUES ('method','0189',1);
INSERT INTO word VALUES ('method','1',1);
INSERT INTO word VALUES ('method','1',2);
INSERT INTO word VALUES ('method','4242',3);
INSERT INTO word VALUES ('method','b',2);
INSERT INTO word VALUES ('method','b1',2);
INSERT INTO word VALUES ('method','m',1);
INSERT INTO word VALUES ('method','m1',1);
INSERT INTO word VALUES ('platform','acme',1);
INSERT INTO word VALUES ('platform','acme',2);
INSERT INTO word VALUES ('platform','acme',3);
INSERT INTO word VALUES ('platform','acme',4);
INSERT INTO word VALUES ('platform','acme',5);
INSERT INTO word VALUES ('platform','acme',6);
INSERT INTO word VALUES ('platform','acmeend',6);
INSERT INTO word VALUES ('platform','acmegone',5);
INSERT INTO word VALUES ('platform','acmehx',2);
INSERT INTO word VALUES ('platform','acmeold',4);
INSERT INTO word VALUES ('platform','acmepriv',3);
INSERT INTO word VALUES ('platform','acmepro',1);
INSERT INTO word VALUES ('platform','bolt',7);
INSERT INTO word VALUES ('platform','bolthx',7);
INSERT INTO word VALUES ('platform','end',6);
INSERT INTO word VALUES ('platform','gone',5);
INSERT INTO word VALUES ('platform','gone',10);
INSERT INTO word VALUES ('platform','gonepro',10);
INSERT INTO word VALUES ('platform','hx',2);
INSERT INTO word VALUES ('platform','hx',7);
INSERT INTO word VALUES ('platform','late',8);
INSERT INTO word VALUES ('platform','latepro',8);
INSERT INTO word VALUES ('platform','old',4);
INSERT INTO word VALUES ('platform','priv',3);
INSERT INTO word VALUES ('platform','pro',1);
INSERT INTO word VALUES ('platform','pro',8);
INSERT INTO word VALUES ('platform','pro',9);
INSERT INTO word VALUES ('platform','pro',10);
INSERT INTO word VALUES ('platform','slow',9);
INSERT INTO word VALUES ('platform','slowpro',9);
