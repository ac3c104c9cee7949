local counts = {}
function counts.of(status) return cliengo.contacts.count{ status = status } end
function counts.twice(number) return number * 2 end
return counts
