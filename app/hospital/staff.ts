/** Somebody who works here. */
export type StaffMember = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly department: string;
  readonly roles: readonly string[];
  readonly credentials: readonly string[];
};

function member(
  id: string,
  name: string,
  nameEn: string,
  department: string,
  roles: readonly string[],
  credentials: readonly string[] = [],
): StaffMember {
  return { id, name, nameEn, department, roles, credentials };
}

/** Everybody of the demo hospital. Invented people. */
export const staff: readonly StaffMember[] = [
  member(
    'dr-wang',
    '王建国',
    'Wang Jianguo',
    'CARD',
    ['doctor'],
    ['prescribe', 'prescribe-narcotic', 'antimicrobial-restricted'],
  ),
  member(
    'dr-li',
    '李敏',
    'Li Min',
    'RESP',
    ['doctor'],
    ['prescribe', 'antimicrobial-restricted', 'antimicrobial-special'],
  ),
  member('dr-zhao', '赵磊', 'Zhao Lei', 'SURG', ['doctor'], ['prescribe', 'prescribe-narcotic']),
  member('dr-chen', '陈晨', 'Chen Chen', 'CARD', ['resident'], ['prescribe']),
  member('dr-sun', '孙浩', 'Sun Hao', 'ED', ['doctor', 'ed-doctor'], ['prescribe', 'prescribe-narcotic']),
  member('dr-he', '何静', 'He Jing', 'PED', ['doctor'], ['prescribe']),
  member('gc-zhou', '周强', 'Zhou Qiang', 'ED', ['green-coordinator', 'head-nurse'], ['nurse-licence']),
  member('nurse-liu', '刘芳', 'Liu Fang', 'CARD', ['nurse'], ['nurse-licence']),
  member('nurse-yang', '杨洁', 'Yang Jie', 'CARD', ['nurse'], ['nurse-licence']),
  member('nurse-huang', '黄丽', 'Huang Li', 'RESP', ['nurse'], ['nurse-licence']),
  member('nurse-wu', '吴婷', 'Wu Ting', 'RESP', ['nurse'], ['nurse-licence']),
  member('nurse-xu', '徐燕', 'Xu Yan', 'ED', ['nurse'], ['nurse-licence']),
  member('hn-guo', '郭红', 'Guo Hong', 'CARD', ['head-nurse', 'nurse'], ['nurse-licence']),
  member('clerk-ma', '马丽', 'Ma Li', 'CASH', ['clerk']),
  member('clerk-zhu', '朱敏', 'Zhu Min', 'CASH', ['clerk']),
  member('cs-hu', '胡军', 'Hu Jun', 'CASH', ['clerk-supervisor', 'clerk'], ['refund-approve']),
  member('fa-lin', '林涛', 'Lin Tao', 'FIN', ['finance-auditor'], ['refund-approve']),
  member('fh-gao', '高峰', 'Gao Feng', 'FIN', ['finance-head'], ['refund-approve']),
  member('desk-luo', '罗娟', 'Luo Juan', 'RAD', ['imaging-desk']),
  member('rn-zheng', '郑爽', 'Zheng Shuang', 'RAD', ['imaging-nurse', 'nurse'], ['nurse-licence', 'contrast-iv']),
  member('tech-liang', '梁伟', 'Liang Wei', 'RAD', ['technician'], ['ct', 'mr', 'dr']),
  member('tech-xie', '谢鹏', 'Xie Peng', 'RAD', ['technician', 'lead-technician'], ['ct', 'mr', 'dr']),
  member('rad-song', '宋雪', 'Song Xue', 'RAD', ['report-doctor'], ['report-write']),
  member(
    'rad-tang',
    '唐勇',
    'Tang Yong',
    'RAD',
    ['report-doctor', 'report-reviewer'],
    ['report-write', 'report-review'],
  ),
  member('rad-han', '韩冰', 'Han Bing', 'RAD', ['report-reviewer'], ['report-write', 'report-review']),
  member('ph-feng', '冯琳', 'Feng Lin', 'OPH', ['pharmacist'], ['prescription-review']),
  member('ph-dong', '董洁', 'Dong Jie', 'IPH', ['pharmacist'], ['prescription-review']),
  member('disp-xiao', '萧然', 'Xiao Ran', 'OPH', ['dispenser', 'pharmacist']),
  member('disp-cheng', '程亮', 'Cheng Liang', 'OPH', ['dispenser']),
  member('disp-cao', '曹阳', 'Cao Yang', 'IPH', ['dispenser']),
  member('php-yuan', '袁梅', 'Yuan Mei', 'OPH', ['pharmacy-head', 'pharmacist'], ['prescription-review']),
  member('piv-deng', '邓超', 'Deng Chao', 'PIVAS', ['pivas-pharmacist'], ['admixture', 'chemo-admix']),
  member('ins-fu', '傅蓉', 'Fu Rong', 'INS', ['insurance-officer']),
  member('ld-shen', '沈国栋', 'Shen Guodong', 'DIR', ['hospital-leader'], ['refund-approve']),
  member('mo-zeng', '曾毅', 'Zeng Yi', 'MED', ['medical-office']),
  member('sw-peng', '彭霞', 'Peng Xia', 'DIR', ['social-worker']),
  member('po-lu', '吕静', 'Lü Jing', 'IT', ['process-owner']),
  member('pr-su', '苏珊', 'Su Shan', 'MED', ['process-reviewer', 'process-owner']),
  member('au-lu', '卢明', 'Lu Ming', 'AUD', ['auditor']),
  member('sa-jiang', '蒋华', 'Jiang Hua', 'IT', ['system-admin']),
];
