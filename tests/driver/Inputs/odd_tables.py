"""Tables as spreadsheets and other programs export them, into the working folder."""
rows = [(i, 20.5 + i % 13, 1034.5 + 37 * (i % 17)) for i in range(40)]


def write(name, text, encoding="utf-8"):
    with open(name, "w", encoding=encoding, newline="") as f:
        f.write(text)


def german(x):
    return f"{x:,.2f}".translate(str.maketrans(",.", ".,"))


write("excel.csv", "Fläche;Kosten;Balkon;Preis;\r\n"
      + "".join(f"{german(a)};{german(b)};{'WAHR' if i % 2 else 'FALSCH'};{german(3 * a)};\r\n" for i, a, b in rows)
      + ";;;;\r\n;;;;\r\n", "utf-8-sig")
write("hash.csv", "size,cost,place,price\n" + "".join(
    f"{'-' if i % 9 == 4 else a},{'#DIV/0!' if i % 7 == 5 else b},{'NA' if i % 8 == 3 else 'north'},{3 * a}\n" for i, a, b in rows))
write("sep.csv", "sep=;\nsize;cost;price\n" + "".join(f"{a};{b};{3 * a}\n" for i, a, b in rows))
write("blanks.csv", "a b y\n" + "".join(f"{a} {b} {3 * a + b}\n" for i, a, b in rows))
write("money.csv", "share,profit,n\n" + "".join(f"{20.5 + i}%,${100.25 + i},{i * i}\n" for i, a, b in rows))
write("title.csv", "Report of May,,\n\nsize,cost,price\n" + "".join(f"{a},{b},{3 * a}\n" for i, a, b in rows))
write("utf16.csv", "x\ty\n1\t2\n", "utf-16")
write("dates.csv", "day,born,time,phone,temp,y\n" + "".join(
    f"2024-01-{i % 28 + 1:02d},{i % 28 + 1:02d}.03.19{50 + i},2024/01/02 {i % 24:02d}:{i % 60:02d},555-123-{4000 + i},{b},{'ab'[i % 2]}\n"
    for i, a, b in rows))
write("codes.csv", "customer,zip,age,bought\n" + "".join(
    f"{i * 37:06d},{['01067', '20095', '80331'][i % 3]},{a},{['yes', 'Yes', 'no'][i % 3]}\n" for i, a, b in rows))
write("five.csv", "a,b,y\n1,2,0\n2,3,1\n3,4,0\n4,5,1\n5,6,0\n")
write("pandas.csv", ",a,y\n" + "".join(f"{i},{a},{'' if i % 7 == 0 else float(i % 3)}\n" for i, a, b in rows))
for name, text in [("web", "<!DOCTYPE html><html></html>"), ("json", '[{"a": 1, "y": 2}]'), ("weka", "@relation x\n@data\n1\n"),
                   ("arrow", "ARROW1"), ("parquet", "PAR1"), ("xml", "<?xml version='1.0'?>")]:
    write(name + ".csv", text + "\n")
