"""Tables as people have them, for nnlc new: made up, the same ones each time."""
import random
random.seed(3)
def w(name, lines, enc="utf-8", end="\n"):
    open(name,"wb").write((end.join(lines)+end).encode(enc))
names=["Anna","Bert","Carla","Dieter","Eva"]
L=["PassengerId,Survived,Pclass,Name,Sex,Age,Fare,Cabin,Embarked"]
for i in range(400):
    sex=random.choice(["male","female"]); s=int(random.random()<(0.7 if sex=="female" else 0.2))
    L.append('%d,%d,%d,"%s, Mr. %d",%s,%s,%.4f,%s,%s'%(i+1,s,random.randint(1,3),random.choice(names),i,sex,random.choice(["",str(random.randint(1,80))]),random.expovariate(1/30),random.choice(["","","C%d"%random.randint(1,200)]),random.choice("SCQ")))
w("titanic.csv",L)
L=["fixed acidity;volatile acidity;citric acid;quality"]
for i in range(300):
    q=random.choice([3,4,5,5,5,6,6,6,7,8]); L.append("%.1f;%.2f;%.2f;%d"%(random.gauss(7,1)+q*0.2,random.random(),random.random(),q))
w("wine quality.csv",L)
L=["Größe;Preis;Ort;Bemerkung"]
for i in range(200):
    g=random.uniform(30,200); L.append(("%.1f;%.2f;%s;%s"%(g,g*3000+random.gauss(0,10000),random.choice(["Köln","Bonn","Düren"]),"x%d y"%i)).replace(".",","))
w("wohnung.csv",L,"cp1252","\r\n")
L=[]
for i in range(90):
    k=i%3; L.append("%.1f,%.1f,%.1f,%.1f,%s"%(5+k+random.random(),3-k*.3,1+2*k,0.2+k,["Iris-setosa","Iris-versicolor","Iris-virginica"][k]))
w("iris.data",L)
w("tiny.csv",["a,b,y","1,2,no","2,3,yes","3,1,no","4,2,yes","0,2,yes"])
L=["a\tb b\t\"c \"\"q\"\"\"\ty"]+["%d\t%.3f\t%s\t%d"%(i*7%13,random.random(),random.choice(["u","v"]),random.choice([1,2])) for i in range(60)]
w("tab.tsv",L)
L=["id,"+",".join("c%d"%i for i in range(300))+",y"]+["%d,"%i+",".join("%.3f"%random.random() for _ in range(300))+",%.3f"%random.random() for i in range(100)]
w("many.csv",L)
w("const.csv",["a,b,y","1,2,3","2,2,3","5,1,3"])
w("names.csv",["a,y"]+["%d,n%d"%(i,i) for i in range(50)])
w("cr.csv",["a,b,y"]+["%d,%d,%d"%(i%7,i%5,(i%7)>3) for i in range(60)],end="\r")
w("missy.csv",["a,b,city,y"]+["%s,%s,%s,%s"%(random.choice(["","1.5","2.5"]),random.choice(["NA","3","4"]),random.choice(["","rome","oslo"]),random.choice(["","10.5","11","13.25"])) for i in range(80)])
